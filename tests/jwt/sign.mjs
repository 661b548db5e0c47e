// The independent signer of the JWT suite: makes fresh keys, signs tokens with jose and prints them as JSON, so that
// no key is ever stored and a mistake shared by our signer and our verifier cannot hide. Argument: the moment, in
// seconds since 1970, at which the good tokens are good.
import { createPublicKey, createSign } from "node:crypto";
import { CompactSign, SignJWT, UnsecuredJWT, exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from "jose";

const now = Number(process.argv[2]);
const supabase = "https://project.example.com/auth/v1";
const clerk = "https://clerk.example.com";
const origin = "https://dialer.example.com";

const pair = (alg) => generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
const rsa = await pair("RS256");
const rsaNext = await pair("RS256");
const ec = await pair("ES256");
const stranger = await pair("RS256");
const strangerEc = await pair("ES256");
const rsaSpki = await exportSPKI(rsa.publicKey);

const listed = async (key, kid, alg) => ({ ...(await exportJWK(key.publicKey)), kid, alg, use: "sig" });
const rsaJwk = await listed(rsa, "rsa-1", "RS256");
const rsaNextJwk = await listed(rsaNext, "rsa-2", "RS256");
const ecJwk = await listed(ec, "ec-1", "ES256");

const secret = "a shared secret of the legacy kind, long enough";
const secretBytes = new TextEncoder().encode(secret);

const person = {
  iss: supabase, aud: "authenticated", sub: "0b6c7a52-93ab-4b51-8c7d-0d7f3a5e1c11", role: "authenticated",
  email: "ann@example.com", session_id: "session-1", iat: now - 60, exp: now + 3600,
};
const visitor = {
  iss: clerk, azp: origin, sub: "user_2abcDEF", sid: "sess_1", sts: "active", v: 2,
  iat: now - 5, nbf: now - 10, exp: now + 55,
};
const without = (claims, name) => Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

const sign = (claims, alg, key, header = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg, typ: "JWT", ...header }).sign(key);
const rs256 = (claims, header) => sign(claims, "RS256", rsa.privateKey, { kid: "rsa-1", ...header });
const es256 = (claims, header) => sign(claims, "ES256", ec.privateKey, { kid: "ec-1", ...header });
const hs256 = (claims, header) => sign(claims, "HS256", secretBytes, header);
const signText = (text, alg, key, header) =>
  new CompactSign(new TextEncoder().encode(text)).setProtectedHeader({ alg, ...header }).sign(key);

const encoded = (text) => Buffer.from(text).toString("base64url");
const changed = (token, part, change) =>
  token.split(".").map((text, i) => (i === part ? change(text) : text)).join(".");
const flipped = (text) => {
  const bytes = Buffer.from(text, "base64url");
  bytes[bytes.length >> 1] ^= 1;
  return bytes.toString("base64url");
};
const replaced = (claims) => (text) => encoded(JSON.stringify({ ...JSON.parse(Buffer.from(text, "base64url")), ...claims }));

const der = async () => {
  const signed = (await es256(person)).split(".").slice(0, 2).join(".");
  const signature = createSign("sha256").update(signed).sign({ key: await exportPKCS8(ec.privateKey), dsaEncoding: "der" });
  return `${signed}.${signature.toString("base64url")}`;
};
const doubled = (claims, extra) => JSON.stringify(claims).replace(/}$/, `,${extra}}`);

const goodRs256 = await rs256(visitor);
const goodEs256 = await es256(person);
const goodHs256 = await hs256(person);
const pemAsSecret = new TextEncoder().encode(rsaSpki);
const derAsSecret = createPublicKey(rsaSpki).export({ type: "spki", format: "der" });
const modulusAsSecret = Buffer.from(rsaJwk.n, "base64url");

const tokens = {
  good_rs256: goodRs256,
  good_es256: goodEs256,
  good_hs256: goodHs256,
  good_hs256_with_kid: await hs256(person, { kid: "legacy" }),
  good_rs256_next: await sign(visitor, "RS256", rsaNext.privateKey, { kid: "rsa-2" }),
  audience_list: await es256({ ...person, aud: ["other", "authenticated"] }),
  fractional_expiry: await es256({ ...person, exp: now + 10.5 }),

  expired: await rs256({ ...visitor, exp: now - 6 }),
  expired_within_skew: await rs256({ ...visitor, exp: now - 4 }),
  expired_to_the_second: await rs256({ ...visitor, exp: now - 5 }),
  not_before_within_skew: await rs256({ ...visitor, nbf: now + 5 }),
  not_before: await rs256({ ...visitor, nbf: now + 6 }),
  issued_ahead: await rs256({ ...visitor, iat: now + 6 }),
  no_expiry: await rs256(without(visitor, "exp")),
  expiry_as_text: await signText(JSON.stringify({ ...visitor, exp: String(now + 55) }), "RS256", rsa.privateKey, { kid: "rsa-1" }),
  expiry_beyond_time: await signText(JSON.stringify(visitor).replace(/"exp":\d+/, '"exp":1e300'), "RS256", rsa.privateKey, { kid: "rsa-1" }),

  wrong_issuer: await rs256({ ...visitor, iss: "https://clerk.example.com.evil.example" }),
  issuer_with_slash: await rs256({ ...visitor, iss: clerk + "/" }),
  no_issuer: await rs256(without(visitor, "iss")),
  wrong_audience: await es256({ ...person, aud: "other" }),
  wrong_audience_list: await es256({ ...person, aud: ["other"] }),
  no_audience: await es256(without(person, "aud")),
  wrong_party: await rs256({ ...visitor, azp: "https://evil.example" }),
  no_party: await rs256(without(visitor, "azp")),
  pending: await rs256({ ...visitor, sts: "pending" }),
  no_subject: await rs256(without(visitor, "sub")),
  subject_as_number: await signText(JSON.stringify({ ...visitor, sub: 7 }), "RS256", rsa.privateKey, { kid: "rsa-1" }),
  subject_too_long: await rs256({ ...visitor, sub: "u".repeat(256) }),
  subject_with_nul: await rs256({ ...visitor, sub: "user\u0000admin" }),
  anon_key: await hs256({ ...person, role: "anon" }),
  service_key: await hs256({ ...person, role: "service_role" }),

  none: new UnsecuredJWT(visitor).encode(),
  none_with_old_signature: changed(goodRs256, 0, () => encoded('{"alg":"none","kid":"rsa-1"}')),
  none_in_capitals: changed(goodRs256, 0, () => encoded('{"alg":"NONE","kid":"rsa-1"}')),
  no_algorithm: changed(goodRs256, 0, () => encoded('{"kid":"rsa-1"}')),
  empty_signature: changed(goodRs256, 2, () => ""),
  confused_pem: await sign(visitor, "HS256", pemAsSecret, { kid: "rsa-1" }),
  confused_der: await sign(visitor, "HS256", derAsSecret, { kid: "rsa-1" }),
  confused_modulus: await sign(visitor, "HS256", modulusAsSecret, { kid: "rsa-1" }),
  person_confused_pem: await sign(person, "HS256", pemAsSecret, { kid: "rsa-1" }),
  ec_kid_with_rs256: await sign(person, "RS256", rsa.privateKey, { kid: "ec-1" }),
  rs512: await sign(visitor, "RS512", await rs512Key(), { kid: "rsa-1" }),

  unknown_kid: await rs256(visitor, { kid: "rsa-9" }),
  no_kid: await sign(visitor, "RS256", rsa.privateKey),
  wrong_key: await sign(visitor, "RS256", stranger.privateKey, { kid: "rsa-1" }),
  wrong_ec_key: await sign(person, "ES256", strangerEc.privateKey, { kid: "ec-1" }),
  embedded_key: await rs256WithOwnKey(),
  wrong_secret: await sign(person, "HS256", new TextEncoder().encode(secret + "!")),
  tampered_payload_rs256: changed(goodRs256, 1, replaced({ sub: "user_admin" })),
  tampered_payload_es256: changed(goodEs256, 1, replaced({ sub: "admin" })),
  tampered_payload_hs256: changed(goodHs256, 1, replaced({ sub: "admin" })),
  tampered_signature_rs256: changed(goodRs256, 2, flipped),
  tampered_signature_es256: changed(goodEs256, 2, flipped),
  tampered_signature_hs256: changed(goodHs256, 2, flipped),
  zero_signature_es256: changed(goodEs256, 2, () => Buffer.alloc(64).toString("base64url")),
  truncated_signature_hs256: changed(goodHs256, 2, (text) => text.slice(0, 20)),
  der_signature: await der(),

  doubled_claim: await signText(doubled(visitor, '"sub":"user_admin"'), "RS256", rsa.privateKey, { kid: "rsa-1" }),
  doubled_claim_escaped: await signText(doubled(visitor, '"s\\u0075b":"user_admin"'), "RS256", rsa.privateKey, { kid: "rsa-1" }),
  doubled_claim_within: await signText(doubled(visitor, '"o":{"id":"a","id":"b"}'), "RS256", rsa.privateKey, { kid: "rsa-1" }),
  doubled_header: changed(goodRs256, 0, () => encoded('{"alg":"RS256","alg":"none","kid":"rsa-1"}')),
  claims_as_list: await signText(JSON.stringify([visitor]), "RS256", rsa.privateKey, { kid: "rsa-1" }),
  claims_not_json: await signText("sub=user_admin", "RS256", rsa.privateKey, { kid: "rsa-1" }),
  claims_with_tail: await signText(JSON.stringify(visitor) + "{}", "RS256", rsa.privateKey, { kid: "rsa-1" }),
  critical: await critical(),
  wrong_type: await rs256(visitor, { typ: "at+jwt" }),
  huge: await rs256({ ...visitor, note: "x".repeat(16 * 1024) }),
  large: await rs256({ ...visitor, note: "x".repeat(11 * 1024) }),
  padded_header: changed(goodRs256, 0, (text) => text + "=".repeat((4 - (text.length % 4)) % 4 || 4)),
  padded_signature: changed(goodRs256, 2, (text) => text + "=="),
  other_spelling: changed(goodRs256, 2, respelled),
  four_parts: goodRs256 + ".e30",
  two_parts: goodRs256.split(".").slice(0, 2).join("."),
  trailing_newline: goodRs256 + "\n",
};

async function rs512Key() {
  return (await pair("RS512")).privateKey;
}

// The token brings its own key along; believing it would make everybody an issuer.
async function rs256WithOwnKey() {
  return sign(visitor, "RS256", stranger.privateKey, { kid: "own", jwk: await exportJWK(stranger.publicKey) });
}

async function critical() {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(visitor)))
    .setProtectedHeader({ alg: "RS256", kid: "rsa-1", crit: ["exp-policy"], "exp-policy": 1 })
    .sign(rsa.privateKey, { crit: { "exp-policy": true } });
}

// 256 bytes end in two bits that mean nothing; another letter there decodes to the same bytes in a lax reader.
function respelled(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = letters.indexOf(text.at(-1));
  return text.slice(0, -1) + letters[last ^ 1];
}

const keySets = {
  today: { keys: [rsaJwk, ecJwk] },
  rotating: { keys: [rsaNextJwk, rsaJwk, ecJwk] },
  rotated: { keys: [rsaNextJwk, ecJwk] },
  relabelled: { keys: [{ ...rsaJwk, alg: "RS512" }] },
  for_encryption: { keys: [{ ...rsaJwk, use: "enc" }] },
  with_private_half: { keys: [{ ...(await exportJWK(rsa.privateKey)), kid: "rsa-1", alg: "RS256" }] },
  doubled_kid: { keys: [rsaJwk, { ...rsaNextJwk, kid: "rsa-1" }] },
};

const texts = Object.fromEntries(Object.entries(keySets).map(([name, set]) => [name, JSON.stringify(set)]));
console.log(JSON.stringify({ secret, rsa_pem: rsaSpki, issuers: { supabase, clerk, origin }, tokens, key_sets: texts }));
