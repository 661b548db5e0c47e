# Test programs, the lint tool, benches and fuzzers; included by CMakeLists.txt.

add_library(test_support STATIC tests/support/main.cpp tests/support/json_schema.cpp)
configure_file(tests/support/paths.h.in generated/tests/support/paths.h @ONLY)
target_include_directories(test_support PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
target_link_libraries(test_support PUBLIC Boost::json rapidcheck)

# A program of doctest cases; it reports its counts to the closing line of ./dev test.
function(test_program name)
  if(NOT TARGET ${name})
    add_executable(${name} ${ARGN})
  endif()
  target_link_libraries(${name} PRIVATE test_support)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900 ENVIRONMENT "RINGDOWN_TEST_NAME=${name}")
endfunction()

test_program(unit_tests)  # every *_test.cpp of the layers

add_executable(lint tools/lint.cpp tools/source_lines.cpp)
add_test(NAME lint COMMAND lint ${CMAKE_SOURCE_DIR})
test_program(lint_test tests/lint_test.cpp)
add_dependencies(lint_test lint)

test_program(jwt_test tests/jwt/jwt_test.cpp)
target_link_libraries(jwt_test PRIVATE crypto)

file(GLOB http_tests CONFIGURE_DEPENDS tests/http/*.cpp)
test_program(http_test ${http_tests})
target_link_libraries(http_test PRIVATE net)

# Tests that need a database bring their own.
add_library(store_support STATIC tests/support/postgres_server.cpp tests/support/stores.cpp)
target_link_libraries(store_support PUBLIC test_support store db net)

test_program(conformance_test tests/conformance/conformance_test.cpp)
target_link_libraries(conformance_test PRIVATE store_support)

test_program(live_test tests/api/live_test.cpp tests/http/raw_client.cpp)
target_link_libraries(live_test PRIVATE store_support api)

file(GLOB flow_tests CONFIGURE_DEPENDS tests/flow/*.cpp)
test_program(flow_test ${flow_tests})
target_link_libraries(flow_test PRIVATE store_support flow)

test_program(cli_test tests/e2e/cli_test.cpp)
add_dependencies(cli_test ringdown)

test_program(backup_test tests/e2e/backup_test.cpp)
target_link_libraries(backup_test PRIVATE store_support api crypto)
add_dependencies(backup_test ringdown)

# A fuzzer is one file that defines LLVMFuzzerTestOneInput; `./dev check fuzz` builds and runs them all.
if(RINGDOWN_FUZZ)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_*.cpp)
  foreach(fuzzer ${fuzzers})
    cmake_path(GET fuzzer STEM name)
    add_executable(${name} ${fuzzer})
    target_link_libraries(${name} PRIVATE ports crypto net)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endif()
