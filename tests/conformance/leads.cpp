// The scenarios about leads: how they come in, change and go, and the pipelines they stand in.
#include "tests/conformance/leads.h"

#include <doctest/doctest.h>

#include "store/imports.h"
#include "store/people.h"
#include "tests/conformance/history.h"

namespace ringdown::test {
namespace {

using ringdown::to_text;

const char* const awkward_words[] = {R"("quoted")", R"(back\slash\)", R"(\")",         "a,b",
                                     "{braces}",    "NULL",           "null",          "",
                                     " ",           "'; --",          "tab\tline\r\n", "$1 ?1",
                                     "ünï 日本 🎉", R"({"a","b\\"})", R"(\x41)",       "t",
                                     "%_",          "[1, 2]"};

std::int64_t added(Tx& tx, const std::vector<Lead>& leads) {
  return store::add_leads(tx, leads);
}

Lead with(Lead lead, std::optional<std::string> Lead::* text, const std::string& word) {
  lead.*text = word;
  return lead;
}

void note_words(Tx& tx, History& history) {
  std::vector<Lead> leads;
  for (const char* word : awkward_words) leads.push_back(filled_lead(100 + leads.size(), word));
  history.note("added {}", added(tx, leads));
  std::vector<std::string> external_ids;
  std::vector<store::NameAndPhone> names;
  for (const Lead& lead : leads) {
    CAPTURE(*lead.notes);
    CHECK(store::find_lead(tx, lead.id) == lead);
    external_ids.push_back(*lead.external_id);
    names.push_back({lead.phone, name_key(*lead.contact_name)});
  }
  history.note("by external id {}", sorted_ids(store::leads_by_external_id(tx, external_ids)));
  history.note("by name {}", sorted_ids(store::leads_by_name(tx, names)));

  std::ranges::reverse(external_ids);
  for (std::size_t i = 0; i < leads.size(); ++i) leads[i].external_id = external_ids[i] + " by now";
  store::save_leads(tx, leads);
  for (const Lead& lead : leads) CHECK(store::find_lead(tx, lead.id) == lead);
}

void note_adding(Tx& tx, History& history) {
  history.note("none {} {}", added(tx, {}), store::remove_leads(tx, {}, tuesday));
  store::save_leads(tx, {});
  history.note("nobody {} {}", store::leads_by_name(tx, {}).size(),
               store::leads_by_external_id(tx, {}).size());

  const Lead bare = bare_lead(1);
  const Lead filled = filled_lead(2, "Ann");
  history.note("bare and filled {}", added(tx, {bare, filled}));
  CHECK(store::find_lead(tx, bare.id) == bare);
  CHECK(store::find_lead(tx, filled.id) == filled);
  history.note("{}", write_json(*store::find_lead(tx, bare.id)));
  history.note("{}", write_json(*store::find_lead(tx, filled.id)));

  Lead same = bare_lead(3);
  same.phone = number(1);
  history.note("the same number without a name {}", added(tx, {same}));
  same.contact_name = "Bob";
  history.note("with a name {}", added(tx, {same}));
  same.id = lead_id(4);
  same.contact_name = " BOB. ";
  history.note("in other letters {}", added(tx, {same}));
  same.external_id = "crm-1";
  history.note("with an external id {}", added(tx, {same}));
  history.note("with another {}",
               added(tx, {with(with(same, &Lead::external_id, "crm-2"), &Lead::notes, "new")}));
  same.id = lead_id(5);
  history.note("with another and an id of its own {}", added(tx, {with(same, &Lead::external_id, "crm-2")}));
  Lead moved = bare_lead(6);
  moved.external_id = "crm-1";
  history.note("an external id with another number {}", added(tx, {moved}));

  const std::vector<Lead> twins{named_lead(7, "Cy"),
                                named_lead(8, "Di"),
                                named_lead(7, "Cy"),
                                same,
                                with(bare_lead(9), &Lead::external_id, "crm-9"),
                                with(bare_lead(10), &Lead::external_id, "crm-9")};
  history.note("one set {}", added(tx, twins));
  for (const Lead& twin : twins) history.note("is there {}", store::find_lead(tx, twin.id) == twin);
}

void note_finding(Tx& tx, History& history) {
  // Who is asked for twice is found twice.
  const std::vector<store::NameAndPhone> names{
      {number(1), "bob"}, {number(1), ""}, {number(7), "di"}, {number(1), "bob"}};
  history.note("by name {}", sorted_ids(store::leads_by_name(tx, names)));
  const std::vector<std::string> externals{"crm-2", "crm-9", "CRM-1", "", "crm-2"};
  history.note("by external id {}", sorted_ids(store::leads_by_external_id(tx, externals)));
  history.note("of a number {}", ids_of(store::leads_of_phone(tx, number(1), 10)));
  history.note("the oldest two {}", ids_of(store::leads_of_phone(tx, number(1), 2)));
  history.note("of no number {}", store::leads_of_phone(tx, number(99), 10).size());
}

void note_names(Tx& tx, History& history) {
  const std::vector<LeadId> ids{lead_id(1), lead_id(99), lead_id(5), lead_id(1)};
  history.note("by id {}, none {}", sorted_ids(store::leads_by_ids(tx, ids)),
               store::leads_by_ids(tx, {}).size());
  const std::vector<std::string> phones{number(1), number(99), number(9)};
  auto known = store::names_of_phones(tx, phones);
  std::ranges::sort(known, {}, &store::KnownName::id);
  for (const auto& [phone, name, external, id] : known) {
    history.note("{} is '{}' '{}' {}", phone, name, external, to_text(id));
  }
  std::vector<Lead> family;
  for (std::uint64_t n = 0; n <= store::names_max; ++n) {
    family.push_back(named_lead(60 + n, "one of many " + std::to_string(n)));
    family.back().phone = number(60);
  }
  added(tx, family);
  const std::vector<std::string> theirs{number(60)};
  history.note("no more than {}", store::names_of_phones(tx, theirs).size());
}

void note_calls(Tx& tx, History& history) {
  const auto of_call = [&](const std::string& sid) {
    const auto lead = store::lead_by_call(tx, sid);
    return lead ? to_text(lead->id) : "nobody";
  };
  history.note("nobody's {}", of_call("CA1"));
  history.note("linked {}", shown(store::set_call(tx, lead_id(1), "CA1", tuesday + 1h)));
  history.note("unknown {}", shown(store::set_call(tx, lead_id(99), "CA2", tuesday)));
  history.note("of {}, changed {}", of_call("CA1"), to_text(store::find_lead(tx, lead_id(1))->updated_at));
  history.note("another case {}", of_call("ca1"));

  Lead said = *store::lead_to_change(tx, lead_id(1));
  CHECK(said == store::find_lead(tx, said.id));
  said.notes = "spoken to";
  said.call_sid = "CA9";
  said.call_attempts = 7;
  store::save_leads(tx, std::vector{said, named_lead(99, "Nobody")});
  const Lead now = *store::find_lead(tx, said.id);
  history.note("said {}, its call {}, tries {}", *now.notes, *now.call_sid, now.call_attempts);
  history.note("unlinked {}", shown(store::set_call(tx, lead_id(1), std::nullopt, tuesday + 2h)));
  history.note("nobody's {}", of_call("CA1"));
  store::set_call(tx, lead_id(7), "CA1", tuesday);
}

void note_going(Tx& tx, History& history) {
  const std::vector<LeadId> gone{lead_id(7), lead_id(8), lead_id(98)};
  history.note("removed {}", store::remove_leads(tx, gone, tuesday + 3h));
  history.note("again {}", store::remove_leads(tx, gone, tuesday + 4h));
  history.note("found {} {}", shown(store::find_lead(tx, lead_id(7)).has_value()),
               shown(store::lead_to_change(tx, lead_id(7)).has_value()));
  history.note("its call is free {}", shown(!store::lead_by_call(tx, "CA1").has_value()));
  history.note("linked {} {}", shown(store::set_call(tx, lead_id(1), "CA1", tuesday)),
               shown(store::set_call(tx, lead_id(7), "CA5", tuesday)));
  store::save_leads(tx, std::vector{named_lead(7, "Ghost")});
  history.note("its name is free {}",
               added(tx, {named_lead(17, "x"),
                          with(with(named_lead(18, "Cy"), &Lead::notes, "again"), &Lead::city, "Waco")}));
  Lead again = named_lead(19, "Cy");
  again.phone = number(7);
  history.note("and comes again {}", added(tx, {again}));

  const auto known = [&](std::uint64_t n) { return shown(store::phone_is_known(tx, number(n))); };
  history.note("known {} {} {}", known(7), known(8), known(98));
  history.note("erased {}", store::erase_lead(tx, lead_id(8)).value_or("nothing"));
  history.note("again {}", store::erase_lead(tx, lead_id(8)).value_or("nothing"));
  history.note("a live one {}", store::erase_lead(tx, lead_id(19)).value_or("nothing"));
  history.note("known {} {}", known(7), known(8));
  history.note("the removed one too {}", store::erase_lead(tx, lead_id(7)).value_or("nothing"));
  history.note("known {} {}", known(7), known(1));
}

void note_erasures(Tx& tx, History& history) {
  for (const std::uint64_t n : {1, 2, 3}) {
    store::add_erasure(tx, {nth<store::ErasureTag>(n), lead_id(n), Bytes(32, 7), static_cast<int>(n),
                            "asked \"us\"", tuesday, n == 2 ? std::optional(nth<UserTag>(1)) : std::nullopt});
  }
  for (const auto& [id, lead, digest, consents, reason, at, by] : store::erasures_page(tx, {}, 10)) {
    history.note("{} {} {} {} {} {} {}", to_text(id), to_text(lead), to_hex(digest), consents, reason,
                 to_text(at), shown(by));
  }
  history.note("a page {}", ids_of(store::erasures_page(tx, nth<store::ErasureTag>(1), 1)));
}

}  // namespace

void leads(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  await(db.instance([](Tx& tx) {
    store::add_user(tx, {nth<UserTag>(1), "ann@example.com", "Ann", std::nullopt, tuesday, std::nullopt});
  }));
  await(db.write(clinic, [&](Tx& tx) {
    note_adding(tx, history);
    note_finding(tx, history);
    note_names(tx, history);
    note_calls(tx, history);
    note_going(tx, history);
    note_erasures(tx, history);
    note_words(tx, history);
  }));
  await(db.write(agency, [&](Tx& tx) {
    history.note("others see {} {}", shown(store::find_lead(tx, lead_id(1)).has_value()),
                 store::leads_of_phone(tx, number(1), 10).size());
    history.note("others erase {}", store::erase_lead(tx, lead_id(1)).value_or("nothing"));
    history.note("others remove {}", store::remove_leads(tx, std::vector{lead_id(1)}, tuesday));
    history.note("theirs may be the same {}", added(tx, {filled_lead(2, "Ann")}));
  }));
}

void many_leads(Db& db, History& history) {
  const Workspace clinic = a_workspace(db);
  std::vector<Lead> leads;
  std::vector<LeadId> ids;
  std::vector<store::NameAndPhone> names;
  std::vector<std::string> external_ids;
  for (std::uint64_t n = 0; n < 1000; ++n) {
    leads.push_back(filled_lead(n, "\"Lead\" " + std::to_string(n)));
    ids.push_back(leads.back().id);
    names.push_back({leads.back().phone, name_key(*leads.back().contact_name)});
    external_ids.push_back(*leads.back().external_id);
  }
  await(db.write(clinic, [&](Tx& tx) {
    history.note("added {}", added(tx, {leads.begin(), leads.begin() + 500}));
    history.note("the others {}", added(tx, leads));
    history.note("by name {}", store::leads_by_name(tx, names).size());
    history.note("by external id {}", store::leads_by_external_id(tx, external_ids).size());
    for (Lead& lead : leads) lead.city = lead.phone;
    store::save_leads(tx, leads);
    for (const std::size_t n : {0, 499, 500, 999}) CHECK(store::find_lead(tx, ids[n]) == leads[n]);
  }));
  await(db.write(clinic, [&](Tx& tx) {
    history.note("removed {}", store::remove_leads(tx, std::span(ids).first(999), tuesday));
    history.note("left {}", ids_of(store::leads_page(tx, {})));
  }));
}

void cities_of_leads(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  const auto lead = [](std::uint64_t n, const char* city, std::optional<double> latitude) {
    Lead one = bare_lead(n);
    one.city = city;
    one.state = "TX";
    one.latitude = one.longitude = latitude;
    return one;
  };
  const auto note = [&](Tx& tx, const std::string& city, int limit) {
    for (const CitySaid& said : store::city_said(tx, city, limit)) {
      history.note("{}: {} {} {} {} {}", city, said.city, said.state.value_or("-"),
                   said.country.value_or("-"), said.latitude, said.longitude);
    }
    history.note("{} is all", city);
  };
  await(db.write(clinic, [&](Tx& tx) {
    CHECK(added(tx, {lead(1, "Marfa", 30.3), lead(2, "MARFA", 30.4), lead(3, "Marfa", std::nullopt),
                     lead(4, "Marfa_", 30.5), lead(5, "Şırnak", 37.5), lead(6, "marfa", 30.6)}) == 6);
    store::remove_leads(tx, std::vector{lead_id(6)}, tuesday);
  }));
  await(db.write(agency, [&](Tx& tx) { CHECK(added(tx, {lead(7, "Marfa", -30)}) == 1); }));
  await(db.read(clinic, [&](Tx& tx) {
    for (const char* city : {"marfa", "Marf_", "Marfa_", "Şırnak", "şırnak", "%", ""}) note(tx, city, 10);
    note(tx, "marfa", 1);
  }));
}

void pipelines(Db& db, History& history) {
  const Workspace clinic = a_workspace(db, 1);
  const Workspace agency = a_workspace(db, 2);
  const auto id = [](std::uint64_t n) { return nth<PipelineTag>(n); };
  const auto add = [&](Tx& tx, std::uint64_t n, const std::string& name) {
    return shown(store::add_pipeline(tx, {id(n), name, tuesday}));
  };
  const auto called = [](Tx& tx, const std::string& name) {
    const auto found = store::pipeline_called(tx, name);
    return found ? found->name : "nothing";
  };
  await(db.write(clinic, [&](Tx& tx) {
    history.note("added {} {} {}", add(tx, 1, "Spring"), add(tx, 2, "Autumn {\"x\"}"), add(tx, 3, "Winter"));
    history.note("taken {} {}", add(tx, 4, " SPRING "), add(tx, 1, "Summer"));
    history.note("called {} {} {}", called(tx, "spring"), called(tx, "Autumn {\"X\"}"), called(tx, "Summer"));
    history.note("renamed {}", shown(store::rename_pipeline(tx, id(1), "Summer")));
    history.note("taken {}", shown(store::rename_pipeline(tx, id(1), "winter")));
    history.note("its own {}", shown(store::rename_pipeline(tx, id(1), "SUMMER")));
    history.note("unknown {}", shown(store::rename_pipeline(tx, id(9), "Lent")));
    for (const auto& one : store::pipelines_page(tx, {}, 10)) {
      history.note("{} {} {}", to_text(one.id), one.name, to_text(one.created_at));
    }
    history.note("a page {}", ids_of(store::pipelines_page(tx, id(1), 1)));

    Lead lead = named_lead(1, "Ann");
    lead.pipeline_id = id(1);
    Lead gone = named_lead(2, "Bob");
    gone.pipeline_id = id(1);
    history.note("leads {}", added(tx, {lead, gone}));
    store::remove_leads(tx, std::vector{gone.id}, tuesday);
    store::add_import(tx, {.id = nth<store::ImportTag>(1),
                           .file_name = "a.csv",
                           .pipeline_id = id(1),
                           .mapping = Json{"{}"},
                           .created_at = tuesday});
    history.note("removed {}", shown(store::remove_pipeline(tx, id(1), tuesday + 1h)));
    history.note("again {}", shown(store::remove_pipeline(tx, id(1), tuesday + 1h)));
    history.note("found {} {}", shown(store::find_pipeline(tx, id(1)).has_value()),
                 store::find_pipeline(tx, id(2))->name);
    const Lead left = *store::find_lead(tx, lead.id);
    history.note("its lead stands in {} since {}", shown(left.pipeline_id), to_text(left.updated_at));
    history.note("its file in {}", shown(store::find_import(tx, nth<store::ImportTag>(1))->pipeline_id));
  }));
  await(db.write(agency, [&](Tx& tx) {
    history.note("others see {} {}", store::pipelines_page(tx, {}, 10).size(), called(tx, "Winter"));
    history.note("others remove {}", shown(store::remove_pipeline(tx, id(2), tuesday)));
    history.note("theirs {}", add(tx, 3, "Winter"));
  }));
}

}  // namespace ringdown::test
