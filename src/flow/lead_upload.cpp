#include "flow/lead_upload.h"

#include "store/changes.h"
#include "store/leads.h"
#include "store/settings.h"

namespace ringdown::flow {
namespace {

constexpr std::size_t chunks_per_unit = 8;

Result<std::optional<PipelineId>> pipeline_meant(Tx& tx, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto id = parse_uuid(text);
  const auto found = id ? store::find_pipeline(tx, {*id}) : store::pipeline_called(tx, text);
  if (!found)
    return fail(Reason::invalid, "there is no such pipeline; /api/pipelines lists them", "pipeline");
  return found->id;
}

}  // namespace

Task<void> LeadUpload::begin() {
  const Time now = clock_.now();
  id_ = chance_.id<store::ImportTag>(now);
  co_await db_.write(workspace_, [id = *id_, by = by_, now](Tx& tx) {
    store::Import import{};
    import.id = id;
    import.mapping = {write_json(ImportColumns{})};
    import.region = store::load_settings(tx).default_region.text;
    import.created_at = now;
    import.created_by = by;
    store::add_import(tx, import);
  });
}

Task<void> LeadUpload::add(std::string_view bytes) {
  if (!id_) co_await begin();
  pending_ += bytes;
  bytes_ += std::ssize(bytes);
  constexpr std::size_t unit = chunks_per_unit * store::import_chunk_bytes;
  while (pending_.size() >= unit) co_await send(unit);
}

Task<void> LeadUpload::send(std::size_t size) {
  auto bytes = std::make_shared<const std::string>(pending_.substr(0, size));
  co_await db_.write(
      workspace_,
      [id = *id_, first = next_chunk_, bytes](Tx& tx) {
        std::string_view rest = *bytes;
        for (int seq = first; !rest.empty(); ++seq) {
          const std::string_view chunk = rest.substr(0, store::import_chunk_bytes);
          store::add_import_chunk(tx, id, seq, Bytes(chunk.begin(), chunk.end()));
          rest.remove_prefix(chunk.size());
        }
      },
      Urgency::bulk);
  pending_.erase(0, size);
  next_chunk_ += static_cast<int>(chunks_per_unit);
}

Task<Result<store::ImportId>> LeadUpload::finish(ImportWish wish) {
  if (bytes_ == 0) {
    co_await drop();
    co_return fail(Reason::invalid, "the file is empty; its first line names the columns", "file");
  }
  if (!pending_.empty()) co_await send(pending_.size());

  const Time now = clock_.now();
  auto work = [id = *id_, bytes = bytes_, wish = std::move(wish), now](Tx& tx) -> Result<store::ImportId> {
    const auto pipeline = pipeline_meant(tx, wish.pipeline);
    if (!pipeline) return std::unexpected(pipeline.error());
    store::Import import{};
    import.id = id;
    import.file_name = wish.file_name;
    import.pipeline_id = *pipeline;
    import.dry_run = wish.dry_run;
    import.mapping = {write_json(ImportColumns{wish.columns, std::nullopt})};
    import.bytes_total = bytes;
    expect(store::import_is_whole(tx, import, now), "an upload is finished once");
    store::add_change(tx, "import", id.value, now);
    return id;
  };
  auto whole = co_await db_.write(workspace_, std::move(work));
  if (!whole) co_await drop();
  co_return whole;
}

Task<void> LeadUpload::drop() {
  if (!id_) co_return;
  co_await db_.write(workspace_, [id = *id_](Tx& tx) { store::drop_upload(tx, id); });
  id_.reset();
}

}  // namespace ringdown::flow
