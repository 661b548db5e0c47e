#include "api/leads.h"

#include "api/api.h"
#include "api/cursor.h"
#include "api/sign_in.h"
#include "domain/atlas.h"
#include "flow/laws.h"
#include "ports/clock.h"

namespace ringdown {
namespace {

struct LeadQuery {
  int limit = 50;
  int offset = 0;
  std::optional<std::string> after;
  store::LeadOrder sort = store::LeadOrder::newest;
  std::optional<std::string> q;
  std::optional<LeadStatus> status;
  std::optional<PipelineId> pipeline;
  std::optional<Tier> tier;
  std::optional<std::string> tag;
  std::optional<std::string> city;
  std::optional<std::string> state;
  std::optional<std::string> country;
};
BOOST_DESCRIBE_STRUCT(LeadQuery, (),
                      (limit, offset, after, sort, q, status, pipeline, tier, tag, city, state, country))

struct ZoneShown {
  std::string zone;
  ZoneSource source;
  std::string why;
};
BOOST_DESCRIBE_STRUCT(ZoneShown, (), (zone, source, why))

struct LeadShown : Lead {
  std::optional<std::vector<ZoneShown>> zones;
  std::optional<std::string> notice;
};
BOOST_DESCRIBE_STRUCT(LeadShown, (Lead), (zones, notice))

struct LeadList {
  bool success = true;
  std::vector<LeadShown> data;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(LeadList, (), (success, data, next))

struct CallLink {
  std::string call_sid;
};
BOOST_DESCRIBE_STRUCT(CallLink, (), (call_sid))

struct Why {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Why, (), (reason))

struct BatchInput {
  flow::BatchAction action;
  std::vector<LeadId> ids;
  std::optional<LeadStatus> status;
  std::optional<Tier> tier;
  std::optional<PipelineId> pipeline_id;
  std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(BatchInput, (), (action, ids, status, tier, pipeline_id, tags))

struct BatchShown {
  std::int64_t changed;
  std::vector<LeadId> missing;
};
BOOST_DESCRIBE_STRUCT(BatchShown, (), (changed, missing))

struct ErasureShown {
  store::ErasureId id;
  LeadId lead_id;
  std::string fingerprint;
  int consents;
  std::string reason;
  Time erased_at;
  std::optional<UserId> erased_by;
};
BOOST_DESCRIBE_STRUCT(ErasureShown, (), (id, lead_id, fingerprint, consents, reason, erased_at, erased_by))

struct ErasureQuery {
  int limit = 50;
  store::ErasureId after;
};
BOOST_DESCRIBE_STRUCT(ErasureQuery, (), (limit, after))

}  // namespace

template <>
inline constexpr auto json_rules<LeadQuery> = rules_of<LeadQuery>(
    field(&LeadQuery::limit, range(1, 200), may_be_missing),
    field(&LeadQuery::offset, range(0, 100'000), may_be_missing,
          says("leads to pass over; for long lists use after, which neither skips nor repeats")),
    field(&LeadQuery::after, length(1, 2000), says("`next` of the page before")),
    field(&LeadQuery::sort, may_be_missing),
    field(&LeadQuery::q, length(1, 200), says("somewhere in name, company, address, external id or number")),
    field(&LeadQuery::tag, length(1, 60)), field(&LeadQuery::city, length(1, 120)),
    field(&LeadQuery::state, length(1, 120)), field(&LeadQuery::country, length(2, 2)));

template <>
inline constexpr auto json_rules<LeadShown> = rules_of<LeadShown>(
    json_rules<Lead>, named("LeadAnswer"),
    field(&LeadShown::zones,
          says("where the lead may live, in answers of one lead; calls keep to all of them")),
    field(&LeadShown::notice, says("what is worth knowing about a lead that is new")));

template <>
inline constexpr auto json_rules<LeadList> =
    rules_of<LeadList>(field(&LeadList::next, says("where the next page begins; missing on the last one")));

template <>
inline constexpr auto json_rules<CallLink> =
    rules_of<CallLink>(field(&CallLink::call_sid, Form::line, length(1, 50)));

template <>
inline constexpr auto json_rules<Why> = rules_of<Why>(field(&Why::reason, Form::line, length(1, 500)));

template <>
inline constexpr auto json_rules<BatchInput> = rules_of<BatchInput>(
    field(&BatchInput::ids, length(1, 1000)),
    field(&BatchInput::tier, says("for set-tier; missing takes it away")),
    field(&BatchInput::pipeline_id, says("for set-pipeline; missing takes them out of theirs")),
    field(&BatchInput::tags, length(0, 50), each(length(1, 60)), may_be_missing));

template <>
inline constexpr auto json_rules<ErasureShown> = rules_of<ErasureShown>(
    field(&ErasureShown::fingerprint, says("by which this server can recognise the number, which is gone")));

template <>
inline constexpr auto json_rules<ErasureQuery> = rules_of<ErasureQuery>(
    field(&ErasureQuery::limit, range(1, 200), may_be_missing), field(&ErasureQuery::after, may_be_missing));

namespace {

LeadShown shown(Lead lead) {
  return {std::move(lead), {}, {}};
}

LeadShown shown_with_zones(const Asked& asked, const Lead& lead) {
  LeadShown answer = shown(lead);
  answer.zones.emplace();
  for (const ZoneCandidate& one : zones_of(lead, *asked.api.atlas)) {
    answer.zones->push_back({one.zone, one.source, one.why});
  }
  return answer;
}

// What a list is sorted by, of one of its leads.
std::string sort_key(const Lead& lead, store::LeadOrder order) {
  switch (order) {
    case store::LeadOrder::contact_name: return name_key(lead.contact_name.value_or(""));
    case store::LeadOrder::status: return to_text(lead.status);
    case store::LeadOrder::phone: return lead.phone;
    case store::LeadOrder::last_called_at: return to_text(lead.last_called_at.value_or(Time{}));
    case store::LeadOrder::newest:
    case store::LeadOrder::oldest: return "";
  }
  return "";
}

Result<store::LeadPage> page_of(const LeadQuery& query) {
  store::LeadPage page{.filter = {.status = query.status,
                                  .pipeline = query.pipeline,
                                  .tier = query.tier,
                                  .tag = query.tag,
                                  .city = query.city,
                                  .state = query.state,
                                  .country = query.country,
                                  .words = query.q},
                       .order = query.sort,
                       .limit = query.limit + 1,
                       .offset = query.offset};
  if (!query.after) return page;

  const auto cursor = parse_cursor(*query.after);
  if (!cursor) return std::unexpected(cursor.error());
  page.behind = LeadId{cursor->id};
  page.behind_word = cursor->key;
  page.behind_time = parse_time(cursor->key);
  return page;
}

Task<Result<Plain<LeadList>>> list_leads(Asked& asked, Query<LeadQuery> query) {
  const auto page = page_of(query.value);
  if (!page) co_return std::unexpected(page.error());
  auto leads = co_await asked.api.db.read(asked.workspace(),
                                          [page = *page](Tx& tx) { return store::leads_page(tx, page); });

  LeadList list;
  if (leads.size() > static_cast<std::size_t>(query.value.limit)) {
    leads.pop_back();
    list.next = to_text(Cursor{leads.back().id.value, sort_key(leads.back(), query.value.sort)});
  }
  list.data.reserve(leads.size());
  for (Lead& lead : leads) list.data.push_back(shown(std::move(lead)));
  co_return Plain<LeadList>{std::move(list)};
}

// Whoever says dnc is answered once nobody can be called any more.
Task<void> until_lawful(Asked& asked, std::optional<LeadStatus> status) {
  if (status != LeadStatus::dnc) co_return;
  co_await flow::until_none_begins(asked.api.db, asked.api.clock, asked.workspace());
}

Task<Result<Created<LeadShown>>> add_lead(Asked& asked, Body<LeadFields> body) {
  const auto added = co_await asked.api.db.write(
      asked.workspace(),
      [desk = desk_of(asked), act = act_of(asked, asked.api.clock.now()),
       said = std::move(body.value)](Tx& tx) { return flow::add_lead(tx, act, desk(tx), said); });
  if (!added) co_return std::unexpected(added.error());
  co_await until_lawful(asked, added->lead.status);

  LeadShown answer = shown_with_zones(asked, added->lead);
  if (!added->same_number.empty()) {
    answer.notice = "this number belongs to another lead too: " + to_text(added->same_number.front().id);
  }
  co_return Created<LeadShown>{std::move(answer)};
}

template <class Unit>
Task<Result<LeadShown>> with_lead(Asked& asked, Unit unit) {
  const auto lead = co_await asked.api.db.write(asked.workspace(), std::move(unit));
  if (!lead) co_return std::unexpected(lead.error());
  co_await until_lawful(asked, lead->status);
  co_return shown_with_zones(asked, *lead);
}

Task<Result<LeadShown>> get_lead(Asked& asked, Path<LeadId> id) {
  const auto lead = co_await asked.api.db.read(asked.workspace(),
                                               [id = id.value](Tx& tx) { return store::find_lead(tx, id); });
  if (!lead) co_return fail(Reason::not_found, "there is no such lead");
  co_return shown_with_zones(asked, *lead);
}

Task<Result<LeadShown>> change_lead(Asked& asked, Path<LeadId> id, Body<JsonPatch<LeadFields>> body) {
  return with_lead(asked, [desk = desk_of(asked), act = act_of(asked, asked.api.clock.now()), id = id.value,
                           patch = std::move(body.value)](Tx& tx) {
    return flow::change_lead(tx, act, desk(tx), id, patch);
  });
}

Task<Result<Done>> remove_lead(Asked& asked, Path<LeadId> id) {
  const auto removed = co_await asked.api.db.write(
      asked.workspace(), [act = act_of(asked, asked.api.clock.now()), id = id.value](Tx& tx) {
        return flow::remove_lead(tx, act, id);
      });
  if (!removed) co_return std::unexpected(removed.error());
  co_return Done{};
}

Task<Result<LeadShown>> link_call(Asked& asked, Path<LeadId> id, Body<CallLink> body) {
  return with_lead(asked, [act = act_of(asked, asked.api.clock.now()), id = id.value,
                           sid = body.value.call_sid](Tx& tx) { return flow::link_call(tx, act, id, sid); });
}

Task<Result<LeadShown>> unlink_call(Asked& asked, Path<LeadId> id) {
  return with_lead(asked, [act = act_of(asked, asked.api.clock.now()), id = id.value](Tx& tx) {
    return flow::unlink_call(tx, act, id);
  });
}

ErasureShown shown(const store::Erasure& erasure) {
  return {erasure.id,        erasure.lead_id,  to_hex(erasure.fingerprint), erasure.consents, erasure.reason,
          erasure.erased_at, erasure.erased_by};
}

Task<Result<ErasureShown>> erase_lead(Asked& asked, Path<LeadId> id, Body<Why> body) {
  const auto erased = co_await asked.api.db.write(
      asked.workspace(), [act = act_of(asked, asked.api.clock.now()), &vault = *asked.api.vault,
                          workspace = asked.workspace(), id = id.value, why = body.value.reason](Tx& tx) {
        return flow::erase_lead(tx, act, vault, workspace, id, why);
      });
  if (!erased) co_return std::unexpected(erased.error());
  co_return shown(*erased);
}

Task<Result<std::vector<ErasureShown>>> list_erasures(Asked& asked, Query<ErasureQuery> query) {
  const auto erasures = co_await asked.api.db.read(asked.workspace(), [query = query.value](Tx& tx) {
    return store::erasures_page(tx, query.after, query.limit);
  });
  std::vector<ErasureShown> all;
  for (const store::Erasure& one : erasures) all.push_back(shown(one));
  co_return all;
}

Task<Result<BatchShown>> change_many(Asked& asked, Body<BatchInput> body) {
  BatchInput& in = body.value;
  const auto status = in.action == flow::BatchAction::set_status ? in.status : std::nullopt;
  flow::Batch batch{in.action, std::move(in.ids), in.status, in.tier, in.pipeline_id, std::move(in.tags)};
  const auto done = co_await asked.api.db.write(
      asked.workspace(), [act = act_of(asked, asked.api.clock.now()), batch = std::move(batch)](Tx& tx) {
        return flow::change_many(tx, act, batch);
      });
  if (!done) co_return std::unexpected(done.error());
  co_await until_lawful(asked, status);
  co_return BatchShown{done->changed, done->missing};
}

}  // namespace

DeskHere desk_of(const Asked& asked) {
  return {&asked.api.atlas->numbering, asked.caller->kind};
}

const RouteTable lead_routes = {
    route(Verb::get, "/api/leads", "Leads, page by page", Access::rep, list_leads),
    route(Verb::post, "/api/leads", "A new lead", Access::rep, add_lead).key(KeyScope::import),
    route(Verb::post, "/api/leads/batch", "One change for many leads", Access::admin, change_many)
        .key(KeyScope::import),
    route(Verb::get, "/api/leads/{id}", "One lead", Access::rep, get_lead),
    route(Verb::patch, "/api/leads/{id}", "Changes what is named and leaves the rest", Access::rep,
          change_lead)
        .key(KeyScope::import),
    route(Verb::del, "/api/leads/{id}", "Out of sight; calls, consents and opt-outs of its number stay",
          Access::admin, remove_lead)
        .key(KeyScope::import),
    route(Verb::post, "/api/leads/{id}/link-call", "The lead's latest call, by the carrier's id", Access::rep,
          link_call)
        .key(KeyScope::dial),
    route(Verb::post, "/api/leads/{id}/unlink-call", "No call belongs to the lead any more", Access::rep,
          unlink_call)
        .key(KeyScope::dial),
    route(Verb::post, "/api/leads/{id}/erase", "For good, with what was agreed to; leaves a proof of it",
          Access::admin, erase_lead)
        .key(KeyScope::admin),
    route(Verb::get, "/api/erasures", "What was erased, oldest first", Access::admin, list_erasures)
        .key(KeyScope::admin),
};

}  // namespace ringdown
