"""The windows and the command line. They ask the services and show what they say."""
