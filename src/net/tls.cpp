#include "net/tls.h"

#include <boost/asio/ssl/context.hpp>

namespace ringdown {
namespace {

namespace ssl = boost::asio::ssl;

Result<void> settled(const boost::system::error_code& error, const std::string& what) {
  if (!error) return {};
  return fail(Reason::invalid, what + ": " + error.message());
}

// HTTP/1.1 is all we speak; a client that offers only other protocols is told so in the handshake.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                    unsigned offered_size, void*) {
  static constexpr unsigned char ours[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  const int outcome = SSL_select_next_proto(&chosen, out_size, ours, sizeof ours, offered, offered_size);
  *out = chosen;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

Result<std::shared_ptr<ssl::context>> loaded(const std::string& certificate_file,
                                             const std::string& key_file) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* raw = context->native_handle();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20");
  SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);

  boost::system::error_code error;
  context->use_certificate_chain_file(certificate_file, error);
  auto done = settled(error, "cannot use the certificate " + certificate_file +
                                 "; name a PEM file with the chain, the server's own first");
  if (!done) return std::unexpected(done.error());

  context->use_private_key_file(key_file, ssl::context::pem, error);
  done = settled(error, "cannot use the key " + key_file + "; name the PEM file of this certificate's key");
  if (!done) return std::unexpected(done.error());
  return context;
}

}  // namespace

Tls::Tls(std::string certificate_file, std::string key_file)
    : certificate_file_(std::move(certificate_file)), key_file_(std::move(key_file)) {}

Result<std::shared_ptr<Tls>> Tls::load(std::string certificate_file, std::string key_file) {
  std::shared_ptr<Tls> tls(new Tls(std::move(certificate_file), std::move(key_file)));
  if (auto done = tls->reload(); !done) return std::unexpected(done.error());
  return tls;
}

Result<void> Tls::reload() {
  auto context = loaded(certificate_file_, key_file_);
  if (!context) return std::unexpected(context.error());
  std::atomic_store(&context_, *std::move(context));
  return {};
}

std::shared_ptr<ssl::context> Tls::context() const {
  return std::atomic_load(&context_);
}

}  // namespace ringdown
