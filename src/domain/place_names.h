// Names of places as they are compared: however people write them, St. Louis is Saint Louis and Bogotá is
// BOGOTA.
#pragma once

#include <string>
#include <string_view>

namespace ringdown {

// Small letters without marks, words one blank apart, no punctuation; saint, fort and mount as st, ft and mt.
std::string folded_name(std::string_view);

}  // namespace ringdown
