"""PDFium works for one thread at a time: whoever uses it takes this lock first."""

import threading

LOCK = threading.RLock()
