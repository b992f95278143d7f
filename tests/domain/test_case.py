import pytest

from recoverydesk.domain import (
    case,
    contact,
    correction,
    document,
    envelope,
    follow_up,
    negotiation,
    remedy,
    second_chance,
    voucher,
)

STORED = {
    case.Channel: "in_person phone email letter message social review survey returned_goods"
    " noticed_by_us",
    case.Severity: "annoyed upset about_to_leave",
    case.Fault: "ours shared not_ours unknown",
    case.GoodFaith: "presumed unclear taking_advantage",
    case.Status: "open waiting_customer resolved closed merged",
    case.Stage: "listen own make_right fix_cause follow_up done",
    case.Outcome: "pending won_back kept lost not_upheld unreachable",
    case.Evidence: "purchase their_word owners_word",
    case.LostReason: "too_late remedy_not_enough happened_again how_we_treated_them"
    " moved_or_closed price did_not_say",
    contact.Way: "call visit email letter message",
    contact.Direction: "out in",
    contact.Reach: "reached no_answer left_word",
    contact.Mood: "angry unhappy neutral pleased delighted",
    correction.CorrectionKind: "containment corrective preventive",
    correction.CorrectionStatus: "idea planned in_progress done_watching holds came_back dropped",
    correction.IdeaSource: "customer staff",
    correction.IdeaStatus: "open adopted declined",
    document.DocumentKind: "letter certificate checklist slip case_file staff_page policy"
    " intake_card comment_card poster envelope labels month_page email",
    envelope.Envelope: "automatic din_b din_a c56 us_10 none",
    document.DocumentStatus: "draft prepared printed sent handed_over void",
    follow_up.FollowUpKind: "plan_step reminder check closing promise rescue gift touch"
    " approval expected after_visit came_back news thanks forget",
    follow_up.FollowUpStatus: "planned done no_answer skipped",
    follow_up.Anchor: "opened first_contact agreed handed_over resolved next_visit"
    " correction_done fixed step_done",
    remedy.RemedyKind: "apology_only refund discount replacement repair free_product"
    " free_shipping voucher membership waived_fee special_price gift other",
    remedy.RemedyStatus: "proposed agreed issued handed_over used part_used lapsed void",
    second_chance.GoodWay: "kept_promise told_what_changed good_visit greeted rang_after"
    " asked_for_more invited made_valued waived better_price thanked stayed_in_touch",
    voucher.VoucherKind: "goodwill_certificate gift_card coupon store_credit",
    voucher.EntryKind: "issue redeem refund extend void expire replace",
    negotiation.LineKind: "asked offered countered agreed declined",
}


@pytest.mark.parametrize("kinds", STORED, ids=lambda kinds: kinds.__name__)
def test_stored_values_never_change(kinds):
    assert [kind.value for kind in kinds] == STORED[kinds].split()
