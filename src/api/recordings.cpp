// Recordings of calls: what is known of them, for those who may see the workspace's calls, and their sound,
// for whoever holds a link that this instance signed a short while ago.
#include <algorithm>

#include "api/api.h"
#include "api/dialing.h"
#include "base/text.h"
#include "crypto/base64.h"
#include "crypto/random.h"
#include "domain/recording.h"
#include "net/byte_range.h"
#include "ports/clock.h"
#include "ports/sound_shelf.h"
#include "ports/vault.h"
#include "store/calls.h"
#include "store/leads.h"
#include "store/recordings.h"

namespace ringdown {
namespace {

constexpr Span link_lasts = 15min;
constexpr int shown_max = 200;
constexpr std::string_view extension = ".wav";

struct RecordingShown {
  RecordingId id;
  CallId call_id;
  RecordingStage stage;
  std::optional<int> duration_s;
  std::optional<std::int64_t> size;
  std::optional<std::string> sha256;
  std::optional<std::string> problem;
  Time created_at;
  std::optional<Time> kept_at;
  std::optional<std::string> url;
  std::optional<Time> url_ends_at;
};
BOOST_DESCRIBE_STRUCT(RecordingShown, (),
                      (id, call_id, stage, duration_s, size, sha256, problem, created_at, kept_at, url,
                       url_ends_at))

// What a link says; the signature is over all of it and the recording's id.
struct LinkQuery {
  WorkspaceId workspace;
  std::int64_t until = 0;  // seconds since 1970
  std::string sig;
};
BOOST_DESCRIBE_STRUCT(LinkQuery, (), (workspace, until, sig))

}  // namespace

template <>
inline constexpr auto json_rules<RecordingShown> = rules_of<RecordingShown>(
    named("Recording"), field(&RecordingShown::size, says("of its sound, in bytes")),
    field(&RecordingShown::url,
          says("of its sound, for whoever has it, for a quarter of an hour; while it is kept")));

template <>
inline constexpr auto json_rules<LinkQuery> =
    rules_of<LinkQuery>(field(&LinkQuery::until, says("when it ends, in seconds since 1970")),
                        field(&LinkQuery::sig, length(1, 100), says("by this instance")));

namespace {

std::string signed_text(RecordingId id, std::int64_t until) {
  return "recording " + to_text(id) + " until " + std::to_string(until);
}

std::int64_t seconds(Time at) {
  return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

RecordingShown shown(const Asked& asked, const Recording& one) {
  RecordingShown answer{.id = one.id,
                        .call_id = one.call_id,
                        .stage = one.stage,
                        .duration_s = one.duration_s,
                        .size = one.size,
                        .sha256 = {},
                        .problem = one.problem,
                        .created_at = one.created_at,
                        .kept_at = one.kept_at,
                        .url = {},
                        .url_ends_at = {}};
  if (one.sha256) answer.sha256 = to_hex(*one.sha256);
  if (one.stage != RecordingStage::kept || asked.api.vault == nullptr) return answer;

  const std::int64_t until = seconds(asked.api.clock.now() + link_lasts);
  const WorkspaceId workspace = asked.workspace().id();
  const Bytes signature = asked.api.vault->signature(signed_text(one.id, until), workspace);
  answer.url_ends_at = Time(std::chrono::seconds(until));
  answer.url = asked.api.config.public_url + "/recordings/" + to_text(one.id) + std::string(extension) +
               "?workspace=" + to_text(workspace) + "&until=" + std::to_string(until) +
               "&sig=" + crypto::to_base64url(signature);
  return answer;
}

std::vector<RecordingShown> all_shown(const Asked& asked, const std::vector<Recording>& recordings) {
  std::vector<RecordingShown> all;
  for (const Recording& one : recordings) all.push_back(shown(asked, one));
  return all;
}

Task<Result<std::vector<RecordingShown>>> of_call(Asked& asked, Path<std::string> sid) {
  const auto found = co_await asked.api.db.read(asked.workspace(),
                                                [sid = sid.value](Tx& tx) -> Result<std::vector<Recording>> {
                                                  const auto call = store::call_by_sid(tx, sid);
                                                  if (!call)
                                                    return fail(Reason::not_found, "there is no such call");
                                                  return store::recordings_of(tx, call->id);
                                                });
  if (!found) co_return std::unexpected(found.error());
  co_return all_shown(asked, *found);
}

Task<Result<std::vector<RecordingShown>>> of_lead(Asked& asked, Path<LeadId> id) {
  const auto found = co_await asked.api.db.read(asked.workspace(),
                                                [id = id.value](Tx& tx) -> Result<std::vector<Recording>> {
                                                  if (!store::find_lead(tx, id))
                                                    return fail(Reason::not_found, "there is no such lead");
                                                  return store::recordings_of(tx, id, shown_max);
                                                });
  if (!found) co_return std::unexpected(found.error());
  co_return all_shown(asked, *found);
}

// ---- the sound ----

std::optional<RecordingId> recording_in(std::string_view file) {
  if (!file.ends_with(extension)) return std::nullopt;
  const auto id = parse_uuid(file.substr(0, file.size() - extension.size()));
  return id ? std::optional(RecordingId{*id}) : std::nullopt;
}

bool is_good(const Asked& asked, RecordingId id, const LinkQuery& link) {
  const auto given = crypto::from_base64url(link.sig);
  if (!given || asked.api.vault == nullptr) return false;
  const Bytes ours = asked.api.vault->signature(signed_text(id, link.until), link.workspace);
  return crypto::constant_time_equal(*given, ours) && seconds(asked.api.clock.now()) < link.until;
}

std::unexpected<Failure> not_kept() {
  return fail(Reason::not_found, "this recording is not kept here, or not any more");
}

// The part of it that is wanted, from the beginning on: a sealed file has no other way in.
Task<void> write_part(std::unique_ptr<SoundReader> reader, ByteRange part, Stream& out) {
  std::uint64_t at = 0;
  while (part.count > 0) {
    auto piece = reader->next();
    if (!piece || piece->empty()) co_return;  // shorter than announced: the client sees that it broke off
    const std::uint64_t end = at + piece->size();
    if (end > part.first) {
      const std::uint64_t skipped = part.first - at;
      const std::uint64_t taken = std::min(end - part.first, part.count);
      auto wanted = std::make_shared<const std::string>(piece->substr(skipped, taken));
      if (!co_await out.write(std::move(wanted))) co_return;
      part.first += taken;
      part.count -= taken;
    }
    at = end;
  }
}

Response sound_response(std::unique_ptr<SoundReader> reader, std::uint64_t size, std::string_view range) {
  const auto part = parse_range(range, size);
  Response response{.headers = {{"Content-Type", "audio/wav"},
                                {"Accept-Ranges", "bytes"},
                                {"Cache-Control", "private, no-store"}}};
  const std::string of_size = "/" + std::to_string(size);
  if (part && part->count == 0) {
    response.status = 416;
    response.headers.add("Content-Range", "bytes *" + of_size);
    return response;
  }
  if (part) {
    response.status = 206;
    const std::uint64_t last = part->first + part->count - 1;
    response.headers.add("Content-Range",
                         "bytes " + std::to_string(part->first) + "-" + std::to_string(last) + of_size);
  }
  const ByteRange wanted = part.value_or(ByteRange{0, size});
  response.stream_bytes = wanted.count;
  response.stream = [reader = std::move(reader), wanted](Stream& out) mutable {
    return write_part(std::move(reader), wanted, out);
  };
  return response;
}

Task<Result<Response>> get_sound(Asked& asked, Path<std::string> file, Query<LinkQuery> link) {
  const auto id = recording_in(file.value);
  if (!id) co_return fail(Reason::not_found, "there is no such recording");
  if (!is_good(asked, *id, link.value)) {
    co_return fail(Reason::forbidden, "this link has ended, or was never one; ask for the recording again");
  }

  const auto recording = co_await asked.api.db.read(
      Workspace(link.value.workspace), [id = *id](Tx& tx) { return store::find_recording(tx, id); });
  const bool is_kept = recording && recording->stage == RecordingStage::kept && recording->size;
  if (!is_kept || asked.api.shelf == nullptr) co_return not_kept();
  auto reader = asked.api.shelf->open(link.value.workspace, *id);
  if (!reader) co_return not_kept();
  co_return sound_response(*std::move(reader), static_cast<std::uint64_t>(*recording->size),
                           asked.request.headers.find("Range").value_or(""));
}

}  // namespace

const RouteTable recording_routes = {
    route(Verb::get, "/api/recordings/{sid}", "What was recorded of a call, by the carrier's id of it",
          Access::rep, of_call),
    route(Verb::get, "/api/recordings/lead/{id}", "What was recorded of a lead's calls, newest first",
          Access::rep, of_lead),
    route(Verb::get, "/recordings/{file}", "The sound of a recording, or a part of it; by a signed link",
          Access::open, get_sound)
        .answers("audio/wav"),
};

}  // namespace ringdown
