// Twilio's own package as a customer of the twin: says what it saw, a line each, and signs a few requests itself.
// usage: node judge.mjs BASE_URL ACCOUNT_SID AUTH_TOKEN
import http from "node:http";
import twilio from "twilio";

const [baseUrl, accountSid, authToken] = process.argv.slice(2);
const from = "+12125550100";

class Rehosted extends twilio.RequestClient {
  request(options) {
    return super.request({ ...options, uri: options.uri.replace("https://api.twilio.com", baseUrl) });
  }
}
const client = twilio(accountSid, authToken, { httpClient: new Rehosted() });

// ---- what the twin tells us ----

const heard = [];
let wake = () => {};
const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (piece) => (body += piece));
  request.on("end", () => {
    const fields = Object.fromEntries(new URLSearchParams(body));
    const signature = request.headers["x-twilio-signature"];
    const valid = twilio.validateRequest(authToken, signature, ourUrl + request.url, fields);
    heard.push({ url: request.url, fields, valid });
    response.writeHead(200, { "Content-Type": "text/xml" });
    response.end(new twilio.twiml.VoiceResponse().say("héllo <&\"'").toString());
    wake();
  });
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const ourUrl = `http://127.0.0.1:${server.address().port}`;
const until = (enough) =>
  new Promise((done) => {
    wake = () => enough() && done();
    wake();
  });

const say = (what, value) => console.log(`${what}: ${value}`);
const code_of = (promise) => promise.then(() => "none", (error) => `${error.status} ${error.code}`);
const status = (one) => one.fields.CallStatus;
const of = (sid, path) => heard.filter((one) => one.fields.CallSid === sid && one.url.startsWith(path));

const place = (to, more = {}) =>
  client.calls.create({
    to,
    from,
    url: `${ourUrl}/script?a=1&b=%20`,
    statusCallback: `${ourUrl}/status?call=1`,
    statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
    machineDetection: "Enable",
    asyncAmd: "true",
    asyncAmdStatusCallback: `${ourUrl}/amd`,
    ...more,
  });

// ---- what we do there ----

const call = await place("+12125550190");
say("created", `${call.status} ${call.direction} ${call.dateCreated instanceof Date}`);
await until(() => of(call.sid, "/status").length === 4);
const over = await client.calls(call.sid).fetch();
say("fetched", `${over.status} ${Number(over.duration) > 0} ${Number(over.price) < 0}`);
say("statuses", of(call.sid, "/status").sort((a, b) => a.fields.SequenceNumber - b.fields.SequenceNumber).map(status));

for (let n = 0; n < 3; ++n) await place("+12125550191");
const listed = await client.calls.list({ to: "+12125550191", from, pageSize: 2 });
say("listed", `${listed.length} ${listed.every((one) => one.to === "+12125550191")}`);
say("listed elsewhere", (await client.calls.list({ to: "+12125550199" })).length);
const today = new Date(Date.now() - 86400_000);
say("listed since", (await client.calls.list({ to: "+12125550190", startTimeAfter: today })).length);

const waiting = await place("+12125550194", { timeout: 600 });
await until(() => of(waiting.sid, "/status").some((one) => status(one) === "ringing"));
say("canceled", (await client.calls(waiting.sid).update({ status: "canceled" })).sid === waiting.sid);
await until(() => of(waiting.sid, "/status").some((one) => status(one) === "canceled"));
say("canceled again", await code_of(client.calls(waiting.sid).update({ status: "completed" })));

const taped = await place("+12125550190", { record: true, recordingStatusCallback: `${ourUrl}/recording` });
await until(() => of(taped.sid, "/recording").length === 1);
const [tape] = await client.calls(taped.sid).recordings.list();
const told = of(taped.sid, "/recording")[0].fields;
say("recorded", `${tape.status} ${tape.duration === told.RecordingDuration} ${tape.source} ${told.RecordingStatus}`);
const media = await fetch(told.RecordingUrl, {
  headers: { Authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}` },
});
const sound = Buffer.from(await media.arrayBuffer());
say("sound", `${sound.subarray(0, 4)} ${sound.readUInt32LE(40) === Number(tape.duration) * 16000}`);
say("erased", `${await client.recordings(tape.sid).remove()} ${await code_of(client.recordings(tape.sid).fetch())}`);

say("no such call", await code_of(client.calls("CA00000000000000000000000000000009").fetch()));
say("bad number", await code_of(place("555")));
say("magic number", await code_of(place("+15005550001")));
const stranger = twilio(accountSid, "wrong", { httpClient: new Rehosted() });
say("bad token", await code_of(stranger.calls(call.sid).fetch()));
await until(() => heard.some((one) => one.url.startsWith("/amd")));
say("hooks", `${heard.length > 8} ${heard.every((one) => one.valid)}`);

// ---- what we sign ----

const sign = (url, fields) => ({ url, fields, signature: twilio.getExpectedTwilioSignature(authToken, url, fields) });
const samples = [
  sign("https://dial.example.com/api/webhooks/twilio/status?call=1&workspace=2", { To: "+1", From: "+2", b: "", B: "é" }),
  sign("https://dial.example.com:443/x", { CallSid: "CA1", CallStatus: "ringing", CallbackSource: "x" }),
  sign("https://dial.example.com/x?name=a%20b%2Bc", { SpeechResult: "héllo wörld 📞" }),
];
say("signed", JSON.stringify(samples));

// ---- what it writes where we write TwiML ----

const texts = ["Ann <Dial>+1</Dial> & \"O'Hara\" ]]> é 📞", "tab\there, line\nthere", ""];
const url = "https://dial.example.com/api/twiml/call/1?pressed=key&x=\"<'>\"#rc=5&rp=5xx,ct";
const says = new twilio.twiml.VoiceResponse();
for (const text of texts) says.say(text);
says.hangup();
const listens = new twilio.twiml.VoiceResponse();
const gather = listens.gather({ input: "dtmf", numDigits: 1, finishOnKey: "", timeout: 3, action: url });
for (const text of texts) gather.say(text);
listens.redirect(url);
const joins = new twilio.twiml.VoiceResponse();
joins.pause({ length: 20 });
joins.dial().conference({ beep: "false", endConferenceOnExit: true }, texts[0]);
const streams = new twilio.twiml.VoiceResponse();
const stream = streams.connect().stream({ url: "wss://dial.example.com/media", statusCallback: url });
for (const text of texts) stream.parameter({ name: "a\"<b>&", value: text });
const documents = { says: says.toString(), listens: listens.toString(), joins: joins.toString(), streams: streams.toString() };
say("twiml", JSON.stringify({ texts, url, ...documents }));
server.close();
server.closeAllConnections();
