// The scenarios about numbers: what was agreed to, and which are not called.
#include "store/consents.h"

#include <doctest/doctest.h>

#include "store/people.h"
#include "tests/conformance/history.h"
#include "tests/conformance/leads.h"

namespace ringdown::test {
namespace {

using ringdown::to_text;

const UserId ann = nth<UserTag>(1);

void add_ann(Db& db) {
  await(db.instance([](Tx& tx) {
    store::add_user(tx, {ann, "ann@example.com", "Ann", std::nullopt, tuesday, std::nullopt});
  }));
}

store::Consent consent(std::uint64_t n, std::uint64_t of_number) {
  store::Consent consent;
  consent.id = nth<ConsentTag>(n);
  consent.phone = number(of_number);
  consent.text_shown = "yes, \"call\" me, {anytime} \\ NULL";
  consent.given_at = tuesday - 24h;
  consent.method = "web form";
  consent.created_at = tuesday;
  return consent;
}

std::string shown_consent(const std::optional<store::Consent>& one) {
  if (!one) return "nothing";
  return fmt::format(
      "{} {} '{}' {} by {} for {} written {} named {} proof {} since {} by {} revoked {} by {}: {}",
      to_text(one->id), one->phone, one->text_shown, to_text(one->given_at), one->method, to_text(one->scope),
      shown(one->written), shown(one->ai_named), one->proof.value_or("none"), to_text(one->created_at),
      shown(one->created_by), shown(one->revoked_at), shown(one->revoked_by),
      one->revoked_reason.value_or("none"));
}

void note_adding(Tx& tx, History& history) {
  const auto added = [&](std::vector<store::Consent> consents) { return store::add_consents(tx, consents); };
  store::Consent full = consent(2, 1);
  full.scope = ConsentScope::marketing;
  full.written = full.ai_named = true;
  full.proof = "forms/\"7\".pdf";
  full.created_by = ann;
  store::Consent twice = consent(3, 1);
  store::Consent later = consent(4, 1);
  later.given_at = tuesday;
  store::Consent spoken = consent(5, 1);
  spoken.method = "spoken";

  history.note("none {}", added({}));
  history.note("two {}", added({consent(1, 1), full}));
  history.note("again {}", added({consent(1, 1), full}));
  history.note("the same under another id {}", added({twice}));
  history.note("twice in one set {}", added({consent(6, 2), consent(7, 2), consent(6, 2)}));
  history.note("later, and in another way {}", added({later, spoken, twice}));
}

store::BlockedNumber blocked(std::uint64_t n, std::string source, std::optional<std::string> reason = {}) {
  return {.phone = number(n),
          .source = std::move(source),
          .reason = std::move(reason),
          .added_at = tuesday,
          .added_by = n == 1 ? std::optional(ann) : std::nullopt};
}

std::string shown_blocked(const std::optional<store::BlockedNumber>& one) {
  if (!one) return "nothing";
  return fmt::format("{} {} {} since {} by {} until {} by {}: {}", one->phone, one->source,
                     one->reason.value_or("none"), to_text(one->added_at), shown(one->added_by),
                     shown(one->removed_at), shown(one->removed_by), one->removed_reason.value_or("none"));
}

void note_blocking(Tx& tx, History& history) {
  const auto block = [&](std::vector<store::BlockedNumber> numbers) {
    return store::block_numbers(tx, numbers);
  };
  const auto of = [&](std::uint64_t n) { return shown_blocked(store::blocked_number(tx, number(n))); };
  history.note("none {}", block({}));
  history.note("two {}", block({blocked(1, "manual", "asked, \"loudly\""), blocked(2, "import")}));
  history.note("again {}", block({blocked(1, "import"), blocked(2, "import")}));
  history.note("twice in one set {}",
               block({blocked(3, "import", "first"), blocked(4, "import"), blocked(3, "import", "second")}));
  history.note("{}\n{}\n{}", of(1), of(3), of(9));

  history.note("taken off {}", shown(store::unblock_number(tx, number(1), tuesday + 1h, ann, "a mistake")));
  history.note("again {}", shown(store::unblock_number(tx, number(1), tuesday + 2h, {}, "twice")));
  history.note("unknown {}", shown(store::unblock_number(tx, number(9), tuesday + 2h, {}, "never")));
  history.note("{}", of(1));
  history.note("back on it {}", block({blocked(1, "opt-out", "second"), blocked(1, "opt-out", "third"),
                                       blocked(2, "status")}));
  history.note("{}\n{}", of(1), of(2));
}

}  // namespace

void consents(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  add_ann(db);
  await(db.write(clinic, [&](Tx& tx) {
    note_adding(tx, history);
    const auto find = [&](std::uint64_t n) {
      return shown_consent(store::find_consent(tx, nth<ConsentTag>(n)));
    };
    history.note("{}\n{}\n{}", find(1), find(2), find(3));
    history.note("revoked {}",
                 shown(store::revoke_consent(tx, nth<ConsentTag>(2), tuesday + 1h, ann, "asked")));
    history.note("again {}", shown(store::revoke_consent(tx, nth<ConsentTag>(2), tuesday + 2h, {}, "twice")));
    history.note("unknown {}", shown(store::revoke_consent(tx, nth<ConsentTag>(9), tuesday, {}, "never")));
    history.note("{}", find(2));

    history.note("all {}", ids_of(store::consents_page(tx, {}, {}, 10)));
    history.note("a page {}", ids_of(store::consents_page(tx, nth<ConsentTag>(5), {}, 2)));
    history.note("of a number {}", ids_of(store::consents_page(tx, {}, number(1), 10)));
    history.note("a page of it {}", ids_of(store::consents_page(tx, nth<ConsentTag>(4), number(1), 1)));
    history.note("of no number {}", store::consents_page(tx, {}, number(8), 10).size());
  }));
  await(db.write(agency, [&](Tx& tx) {
    history.note("others see {}", store::consents_page(tx, {}, {}, 10).size());
    history.note("others forget {}", store::forget_consents(tx, number(1)));
    history.note("theirs {}", store::add_consents(tx, std::vector{consent(1, 1)}));
  }));
  await(db.write(clinic, [&](Tx& tx) {
    history.note("forgotten {}", store::forget_consents(tx, number(1)));
    history.note("again {}", store::forget_consents(tx, number(1)));
    history.note("left {}", ids_of(store::consents_page(tx, {}, {}, 10)));
  }));
}

void blocked_numbers(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  add_ann(db);
  await(db.write(clinic, [&](Tx& tx) {
    note_blocking(tx, history);
    for (const auto& one : store::blocked_numbers_page(tx, "", 10)) history.note("{}", shown_blocked(one));
    for (const auto& one : store::blocked_numbers_page(tx, number(1), 2))
      history.note("a page {}", one.phone);
  }));
  await(db.write(agency, [&](Tx& tx) {
    history.note("others see {}", store::blocked_numbers_page(tx, "", 10).size());
    history.note("others take off {}", shown(store::unblock_number(tx, number(2), tuesday, {}, "ours")));
    history.note("theirs {}", store::block_numbers(tx, std::vector{blocked(2, "manual")}));
  }));
}

}  // namespace ringdown::test
