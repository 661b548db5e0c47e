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

add_library(jwt_support STATIC tests/jwt/vectors.cpp)
target_link_libraries(jwt_support PUBLIC test_support crypto)

test_program(jwt_test tests/jwt/jwt_test.cpp)
target_link_libraries(jwt_test PRIVATE jwt_support)

file(GLOB http_tests CONFIGURE_DEPENDS tests/http/*.cpp)
test_program(http_test ${http_tests})
target_link_libraries(http_test PRIVATE net)

# Tests that need a database bring their own.
add_library(store_support STATIC tests/support/postgres_server.cpp tests/support/stores.cpp)
target_link_libraries(store_support PUBLIC test_support store db net)

test_program(conformance_test tests/conformance/conformance_test.cpp tests/conformance/accounts.cpp)
target_link_libraries(conformance_test PRIVATE store_support)

test_program(cli_test tests/e2e/cli_test.cpp)
add_dependencies(cli_test ringdown)

test_program(keys_test tests/e2e/keys_test.cpp)
target_link_libraries(keys_test PRIVATE store_support flow crypto)
add_dependencies(keys_test ringdown)

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

# Tests of routes ask the real server on a fresh store; every answer is held against the API's description.
add_library(api_support STATIC tests/support/api_client.cpp tests/support/api_judge.cpp tests/support/log_capture.cpp
            tests/http/raw_client.cpp)
target_link_libraries(api_support PUBLIC store_support api)

file(GLOB api_tests CONFIGURE_DEPENDS tests/api/*.cpp)
test_program(api_test ${api_tests})
target_link_libraries(api_test PRIVATE api_support jwt_support)
