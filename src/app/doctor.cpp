#include "app/doctor.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "app/config_values.h"
#include "app/doctor_probes.h"
#include "app/open_atlas.h"
#include "app/open_vault.h"
#include "base/timezone.h"
#include "crypto/key_file.h"

namespace ringdown {
namespace {

constexpr std::uint64_t mebibyte = 1 << 20;
constexpr std::uint64_t free_bytes_min = 100 * mebibyte;
constexpr std::uint64_t free_bytes_comfortable = 1024 * mebibyte;

// The year this product is of: no clock that is right shows an earlier one.
constexpr Time product_year = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

Findings check_configuration(const Reading& reading) {
  Findings findings;
  for (const Complaint& complaint : reading.complaints)
    findings.push_back({Grade::wrong, to_text(complaint)});

  const bool secret_in_file = std::ranges::any_of(reading.settings, [](const Setting& setting) {
    return setting.secret && setting.origin.kind == Origin::Kind::file;
  });
  if (secret_in_file && others_may_read(*reading.file)) {
    findings.push_back(
        {Grade::warning, fmt::format("{0} holds a secret and other users of this machine may read it; "
                                     "chmod 600 {0}",
                                     *reading.file)});
  }
  if (findings.empty()) {
    findings.push_back({Grade::ok, reading.file
                                       ? fmt::format("every setting is usable; the file is {}", *reading.file)
                                       : "every setting is usable; there is no configuration file"});
  }
  return findings;
}

Findings check_data(const Config& config) {
  if (const auto problem = why_not_writable(config.data)) {
    return {{Grade::wrong, fmt::format("{} {}", config.data, *problem)}};
  }
  return judge_free_space(free_bytes(config.data), config.data);
}

Findings check_addresses(const Config& config) {
  Findings findings;
  for (const Endpoint& endpoint : config.listen) {
    const auto problem = why_not_bindable(endpoint);
    const std::string address = to_text(endpoint);
    findings.push_back(problem ? Finding{Grade::wrong, fmt::format("{} {}", address, *problem)}
                               : Finding{Grade::ok, fmt::format("{} is free", address)});
  }
  std::ranges::move(judge_exposure(config), std::back_inserter(findings));
  return findings;
}

Findings check_tls(const Config& config) {
  if (config.tls_certificate.empty()) return {};

  Findings findings;
  for (const std::string& path : {config.tls_certificate, config.tls_key}) {
    if (const auto problem = why_not_readable(path)) {
      findings.push_back({Grade::wrong, fmt::format("{} {}", path, *problem)});
    }
  }
  if (others_may_read(config.tls_key)) {
    findings.push_back(
        {Grade::warning,
         fmt::format("other users of this machine may read the key {0}; chmod 600 {0}", config.tls_key)});
  }
  if (findings.empty()) findings.push_back({Grade::ok, "certificate and key can be read"});
  return findings;
}

Findings check_key_file(const Config& config) {
  const std::string path = key_file(config);
  if (!std::filesystem::exists(path)) {
    return {{Grade::ok, fmt::format("{} is made at the first start; keep a copy of it then", path)}};
  }
  const auto keys = crypto::read_key_file(path);
  if (!keys) return {{Grade::wrong, keys.error().text}};
  return {{Grade::ok, fmt::format("{} can be read; keep a copy, but not beside the backups", path)}};
}

Findings check_assets(const Config& config) {
  const Atlas atlas = open_atlas(config);
  const auto places = atlas.places.now();
  for (const Place& place : places->all()) {
    for (const std::string_view zone : zones_of(place)) {
      if (is_timezone(zone)) continue;
      return {{Grade::wrong, fmt::format("places.csv: {} has the zone {}, which this machine does not know; "
                                         "install tzdata, or correct it",
                                         place.name, zone)}};
    }
  }
  return {{Grade::ok,
           fmt::format("{} places, {} area codes", places->all().size(), atlas.area_codes.all().size())}};
}

Findings outcome_of(const Check& check) try { return check.run(); } catch (const std::exception& broken) {
  return {{Grade::wrong, broken.what()}};
}

}  // namespace

Findings judge_clock(const ClockFacts& facts) {
  Findings findings;
  if (facts.now < product_year) {
    findings.push_back(
        {Grade::wrong, fmt::format("the clock says {}, which is long past; set it (timedatectl)",
                                   to_text(std::chrono::floor<std::chrono::seconds>(facts.now)))});
  }
  if (!facts.runs_forward) {
    findings.push_back(
        {Grade::wrong, "the steady clock runs backwards; the machine or its hypervisor is faulty"});
  }
  if (facts.sync == ClockFacts::Sync::no) {
    findings.push_back({Grade::warning,
                        "the clock is not synchronised; switch it on with timedatectl set-ntp true, in "
                        "a container on its host"});
  }
  if (facts.sync == ClockFacts::Sync::unknown) {
    findings.push_back(
        {Grade::warning, "this machine does not tell whether its clock is synchronised; see to it yourself"});
  }
  if (findings.empty()) findings.push_back({Grade::ok, "the clock is synchronised"});
  return findings;
}

Findings judge_free_space(std::uint64_t bytes, const std::string& folder) {
  const std::string text = fmt::format("{} can be written to, {} MiB are free", folder, bytes / mebibyte);
  if (bytes < free_bytes_min) {
    return {{Grade::wrong, fmt::format("{}; {} MiB are the least", text, free_bytes_min / mebibyte)}};
  }
  if (bytes < free_bytes_comfortable) return {{Grade::warning, text + "; recordings will soon fill them"}};
  return {{Grade::ok, text}};
}

Findings judge_exposure(const Config& config) {
  if (!config.tls_certificate.empty() || !config.trusted_proxies.empty()) return {};

  Findings findings;
  for (const Endpoint& endpoint : config.listen) {
    if (is_loopback(endpoint)) continue;
    findings.push_back(
        {Grade::warning, fmt::format("{} is reachable from outside without TLS; set tls_certificate and "
                                     "tls_key, or listen on 127.0.0.1 behind a proxy",
                                     to_text(endpoint))});
  }
  return findings;
}

std::vector<Check> machine_checks(const Reading& reading) {
  const Config& config = reading.config;
  return {
      {"configuration", [&reading] { return check_configuration(reading); }},
      {"data folder", [&config] { return check_data(config); }},
      {"addresses", [&config] { return check_addresses(config); }},
      {"TLS", [&config] { return check_tls(config); }},
      {"key file", [&config] { return check_key_file(config); }},
      {"assets", [&config] { return check_assets(config); }},
      {"clock", [] { return judge_clock(read_clocks()); }},
  };
}

void print_settings(const Reading& reading, std::ostream& out) {
  for (const Setting& setting : reading.settings) {
    out << fmt::format("{:<24} {:<25} {}{}\n", setting.key, setting.shown,
                       setting.origin.kind == Origin::Kind::standard ? "" : "from ", setting.origin.name);
  }
  out << '\n';
}

bool run_checks(const std::vector<Check>& checks, std::ostream& out) {
  bool fine = true;
  for (const Check& check : checks) {
    for (const Finding& finding : outcome_of(check)) {
      out << fmt::format("{:<9}{}: {}\n", to_text(finding.grade), check.name, finding.text);
      fine = fine && finding.grade != Grade::wrong;
    }
  }
  out << (fine ? "\nnothing is wrong\n" : "\nsomething is wrong; mend it and ask again\n");
  return fine;
}

}  // namespace ringdown
