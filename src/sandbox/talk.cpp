#include "sandbox/talk.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sandbox/moments.h"
#include "sandbox/sentences.h"
#include "sandbox/tones.h"

namespace ringdown::sandbox {
namespace {

namespace asio = boost::asio;

constexpr Voice our_voice = Voice::slt;
constexpr Span between_keys = 250ms;

}  // namespace

asio::awaitable<void> Talk::greet(std::shared_ptr<Call> call, Callee callee) {
  const Persona& persona = *callee.persona;
  say(*call, persona, persona.greeting);
  if (persona.who == AnswererKind::machine) {
    if (!co_await wait_until(*call, speaking_time(persona.greeting))) co_return;
    call->sounds->hush(on_line(*call), Who::callee);
    call->sounds->add({.kind = Utterance::Kind::beep, .who = Who::callee, .at = on_line(*call)});
    note(*call, "beep");
  }
  if (!persona.patience || !co_await wait_until(*call, *persona.patience)) co_return;
  if (!persona.goodbye.empty()) say(*call, persona, persona.goodbye);
}

std::optional<Span> Talk::time_of(const Callee& callee) {
  const Persona& persona = *callee.persona;
  if (!persona.patience) return std::nullopt;
  return *persona.patience + speaking_time(persona.goodbye);
}

void Talk::begin(Call& call, const Sound& sound) {
  if (sound.said.empty()) return;
  note(call, "heard", sound.said);
  const Span at = on_line(call);
  if (sound.of == Sound::Of::words) return call.sounds->say(at, Who::us, our_voice, sound.said);
  call.sounds->add({.kind = Utterance::Kind::played, .at = at, .until = at + sound.time});
}

void Talk::break_off(Call& call) const {
  call.sounds->hush(on_line(call), Who::us);
}

// Who is speaking still, or has had enough, says nothing to it.
void Talk::reply(Call& call, const Callee& callee, const Sound& sound) {
  if (sound.said.empty() || sound.of != Sound::Of::words) return;
  const Persona& persona = *callee.persona;
  const Span at = on_line(call);
  if (call.replies >= persona.replies.size() || call.sounds->busy_until(Who::callee) > at) return;
  if (persona.patience && at >= *persona.patience) return;
  say(call, persona, persona.replies[call.replies++]);
}

std::optional<char> Talk::key_on(const Callee& callee, const Sound& sound) {
  const auto& presses = callee.persona->presses;
  const bool hears_of_it = presses && sound.of == Sound::Of::words && sound.said.contains(presses->hearing);
  return hears_of_it ? std::optional(presses->key) : std::nullopt;
}

void Talk::press(Call& call, const std::string& keys) {
  if (keys.empty()) return;
  note(call, "key", keys);
  Span at = on_line(call);
  for (const char key : keys) {
    call.sounds->add({.kind = Utterance::Kind::key, .who = Who::callee, .at = at, .text = {key}});
    at += between_keys;
  }
}

void Talk::say(Call& call, const Persona& persona, const std::string& text) {
  note(call, "says", text);
  call.sounds->say(on_line(call), Who::callee, persona.voice, text);
}

asio::awaitable<bool> Talk::wait_until(Call& call, Span at) const {
  const Span left = std::max(at - on_line(call), Span{0});
  call.patience.expires_after(std::chrono::round<Span>(left / speed_));
  co_await call.patience.async_wait(asio::as_tuple(asio::use_awaitable));
  co_return !call.is_over();
}

Span Talk::on_line(const Call& call) const {
  return std::chrono::round<Span>((now() - call.answered.value_or(now())) * speed_);
}

void Talk::note(const Call& call, std::string_view what, std::string detail) {
  ledger_.write({.what = std::string(what),
                 .sid = call.sid,
                 .to = call.plan.to,
                 .from = call.plan.from,
                 .url = call.plan.on_status.url,
                 .detail = std::move(detail)});
}

}  // namespace ringdown::sandbox
