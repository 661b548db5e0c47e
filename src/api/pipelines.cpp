// Named lists of leads.
#include "api/api.h"
#include "api/leads.h"
#include "api/sign_in.h"
#include "ports/clock.h"
#include "store/campaigns.h"
#include "store/changes.h"

namespace ringdown {
namespace {

struct PipelineInput {
  std::string name;
};
BOOST_DESCRIBE_STRUCT(PipelineInput, (), (name))

struct PipelineQuery {
  int limit = 50;
  PipelineId after;
};
BOOST_DESCRIBE_STRUCT(PipelineQuery, (), (limit, after))

}  // namespace

template <>
inline constexpr auto json_rules<PipelineInput> =
    rules_of<PipelineInput>(field(&PipelineInput::name, Form::line, length(1, 120)));

template <>
inline constexpr auto json_rules<PipelineQuery> = rules_of<PipelineQuery>(
    field(&PipelineQuery::limit, range(1, 200), may_be_missing),
    field(&PipelineQuery::after, may_be_missing, says("the last one of the page before")));

namespace {

std::unexpected<Failure> no_such_pipeline() {
  return fail(Reason::not_found, "there is no such pipeline");
}

std::unexpected<Failure> taken() {
  return fail(Reason::conflict, "another pipeline has this name; choose a different one", "name");
}

Task<Result<std::vector<store::Pipeline>>> list_pipelines(Asked& asked, Query<PipelineQuery> query) {
  co_return co_await asked.api.db.read(asked.workspace(), [query = query.value](Tx& tx) {
    return store::pipelines_page(tx, query.after, query.limit);
  });
}

Task<Result<Created<store::Pipeline>>> add_pipeline(Asked& asked, Body<PipelineInput> body) {
  const Time now = asked.api.clock.now();
  const store::Pipeline pipeline{asked.api.chance.id<PipelineTag>(now), body.value.name, now};
  const bool added = co_await asked.api.db.write(asked.workspace(), [pipeline](Tx& tx) {
    if (!store::add_pipeline(tx, pipeline)) return false;
    store::add_change(tx, "pipeline", pipeline.id.value, pipeline.created_at);
    return true;
  });
  if (!added) co_return taken();
  co_return Created<store::Pipeline>{pipeline};
}

Task<Result<store::Pipeline>> rename_pipeline(Asked& asked, Path<PipelineId> id, Body<PipelineInput> body) {
  auto work = [now = asked.api.clock.now(), id = id.value,
               name = body.value.name](Tx& tx) -> Result<store::Pipeline> {
    if (!store::find_pipeline(tx, id)) return no_such_pipeline();
    if (!store::rename_pipeline(tx, id, name)) return taken();
    store::add_change(tx, "pipeline", id.value, now);
    return store::find_pipeline(tx, id).value();
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

Task<Result<Done>> remove_pipeline(Asked& asked, Path<PipelineId> id) {
  auto work = [act = act_of(asked, asked.api.clock.now()), id = id.value](Tx& tx) -> Result<Done> {
    if (const auto campaign = store::campaign_of_pipeline(tx, id)) {
      return fail(Reason::conflict,
                  "campaign " + to_text(*campaign) + " calls this pipeline; have it call another first");
    }
    if (!store::remove_pipeline(tx, id, act.now)) return no_such_pipeline();
    flow::note_here(tx, act, "pipeline deleted", to_text(id));
    store::add_change(tx, "pipeline", id.value, act.now);
    return Done{};
  };
  co_return co_await asked.api.db.write(asked.workspace(), std::move(work));
}

}  // namespace

const RouteTable pipeline_routes = {
    route(Verb::get, "/api/pipelines", "Named lists of leads", Access::rep, list_pipelines),
    route(Verb::post, "/api/pipelines", "A new, empty one", Access::admin, add_pipeline)
        .key(KeyScope::import),
    route(Verb::patch, "/api/pipelines/{id}", "Another name", Access::admin, rename_pipeline)
        .key(KeyScope::import),
    route(Verb::del, "/api/pipelines/{id}", "Takes the pipeline away; its leads stay, in none", Access::admin,
          remove_pipeline)
        .key(KeyScope::import),
};

}  // namespace ringdown
