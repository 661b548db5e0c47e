# Test programs, the lint tool, benches and fuzzers; included by CMakeLists.txt.

# The main of test programs by itself: victims, peers and benches bring their own.
add_library(test_main STATIC tests/support/main.cpp)
target_include_directories(test_main PUBLIC ${CMAKE_SOURCE_DIR})
add_library(test_support STATIC tests/support/json_schema.cpp tests/support/npm_folder.cpp)
configure_file(tests/support/paths.h.in generated/tests/support/paths.h @ONLY)
target_include_directories(test_support PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
target_link_libraries(test_support PUBLIC Boost::json rapidcheck)

# A program of doctest cases; it reports its counts to the closing line of ./dev test.
function(test_program name)
  if(NOT TARGET ${name})
    add_executable(${name} ${ARGN})
  endif()
  target_link_libraries(${name} PRIVATE test_main test_support)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900 ENVIRONMENT "RINGDOWN_TEST_NAME=${name}")
endfunction()

# tests/FOLDER/*.cpp make the program NAME.
function(test_folder name folder)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*.cpp)
  test_program(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS})
endfunction()

test_program(unit_tests)  # every *_test.cpp of the layers
target_sources(unit_tests PRIVATE tests/support/atlas.cpp tests/support/gate.cpp)

add_executable(lint tools/lint.cpp tools/source_lines.cpp)
add_test(NAME lint COMMAND lint ${CMAKE_SOURCE_DIR})
test_program(lint_test tests/lint_test.cpp)
add_dependencies(lint_test lint)
test_program(must_not_compile_test tests/must_not_compile_test.cpp)

add_library(jwt_support STATIC tests/jwt/vectors.cpp)
target_link_libraries(jwt_support PUBLIC test_support crypto)
test_program(jwt_test tests/jwt/jwt_test.cpp)
target_link_libraries(jwt_test PRIVATE jwt_support)
test_folder(http_test http LINKS net)
test_folder(numbers_test numbers LINKS domain)

# Tests that need a database bring their own.
add_library(store_support STATIC tests/support/postgres_server.cpp tests/support/stores.cpp)
target_link_libraries(store_support PUBLIC test_support store db net)

test_folder(conformance_test conformance LINKS store_support)
test_folder(contention_test contention LINKS store_support flow)
target_sources(contention_test PRIVATE tests/support/atlas.cpp tests/support/gate.cpp tests/support/outreach.cpp)
test_folder(tenancy_test tenancy LINKS store_support)

# What breaks: files, wires, whole processes.
set(fault_support tests/faults/look.cpp tests/faults/units.cpp)
add_executable(store_victim tests/faults/store_victim.cpp ${fault_support})
target_link_libraries(store_victim PRIVATE store_support)
file(GLOB fault_tests CONFIGURE_DEPENDS tests/faults/*_test.cpp)
test_program(fault_test ${fault_tests} ${fault_support} tests/faults/faulty_files.cpp tests/faults/proxy.cpp
             tests/faults/scenario.cpp tests/faults/victim.cpp)
target_link_libraries(fault_test PRIVATE store_support)
add_dependencies(fault_test store_victim)

test_folder(flow_test flow LINKS store_support flow)
target_sources(flow_test PRIVATE tests/support/atlas.cpp tests/support/gate.cpp tests/support/hand_carrier.cpp
               tests/support/hand_engine.cpp tests/support/outreach.cpp)

# The simulator: its own tests, and seeds with faults in two programs, so that each core has one.
add_library(seed_support STATIC tests/seeds/seed.cpp tests/support/atlas.cpp tests/support/gate.cpp)
target_link_libraries(seed_support PUBLIC test_support sim)
test_folder(sim_test sim LINKS seed_support)
foreach(share 1 2)
  test_program(sim_seeds_${share}_test tests/seeds/seeds_test.cpp)
  target_link_libraries(sim_seeds_${share}_test PRIVATE seed_support)
  target_compile_definitions(sim_seeds_${share}_test PRIVATE RINGDOWN_SEEDS_FROM=${share} RINGDOWN_SEEDS_STEP=2)
endforeach()
add_executable(sim_soak tests/seeds/soak.cpp)
target_link_libraries(sim_soak PRIVATE seed_support)

# Tests of the HTTP face, by a client that judges every answer by the description.
add_library(api_support STATIC tests/support/api_client.cpp tests/support/api_judge.cpp tests/support/log_capture.cpp
            tests/support/atlas.cpp tests/support/gate.cpp tests/support/hand_carrier.cpp tests/support/hand_engine.cpp
            tests/http/raw_client.cpp)
target_link_libraries(api_support PUBLIC store_support api)
test_folder(api_test api LINKS api_support jwt_support)

# Files of leads, from the form to the rows.
test_folder(import_test import LINKS api_support)
target_sources(import_test PRIVATE tests/api/house.cpp tests/faults/faulty_files.cpp)

# The carrier's adapter against the sandbox's twin, over sockets.
test_folder(carrier_test carrier LINKS carrier sandbox)
target_sources(carrier_test PRIVATE tests/support/twilio_spec.cpp)

# The way of a report: twin, adapter, HTTP face, store.
test_folder(telephone_test telephone LINKS api_support carrier sandbox)
target_sources(telephone_test PRIVATE tests/support/gate.cpp)

# Tests of the real binary.
add_library(process_support STATIC tests/support/process.cpp tests/support/ringdown_process.cpp
            tests/support/signed_up.cpp)
target_link_libraries(process_support PUBLIC test_support ports net)
add_dependencies(process_support ringdown)
test_folder(e2e_test e2e LINKS api_support process_support app)

# The real binary beside a carrier of its own process, killed while it dials.
test_folder(kills_test kills LINKS store_support process_support)

# A bench prints a table for people and ends with one line of JSON; ./dev bench runs it, no test does.
add_library(bench_support STATIC tests/bench/rounds.cpp)
target_link_libraries(bench_support PUBLIC test_support base)

file(GLOB store_peers CONFIGURE_DEPENDS tests/bench/peers/*_rows.cpp tests/bench/peers/disk_floor.cpp
  tests/bench/peers/sqlite_tools.cpp)
add_executable(bench_store tests/bench/bench_store.cpp tests/bench/contender.cpp tests/bench/product.cpp
  tests/bench/race.cpp tests/bench/sqlite_counts.cpp tests/bench/counts.cpp ${store_peers})
target_link_libraries(bench_store PRIVATE bench_support store_support)

add_executable(bench_engine tests/bench/bench_engine.cpp tests/bench/bulk.cpp tests/bench/claim_watch.cpp
  tests/bench/contender.cpp tests/bench/counts.cpp tests/bench/dialer.cpp tests/bench/sqlite_counts.cpp
  tests/bench/peers/bare_claims.cpp tests/support/atlas.cpp tests/support/gate.cpp tests/support/hand_carrier.cpp
  tests/support/hand_engine.cpp ${store_peers})
target_link_libraries(bench_engine PRIVATE bench_support store_support flow)

foreach(peer epoll_http epoll_events)
  add_executable(${peer} tests/bench/peers/${peer}.cpp)
  target_include_directories(${peer} PRIVATE ${CMAKE_SOURCE_DIR})
endforeach()
add_executable(live_node tests/bench/live_node.cpp)
target_link_libraries(live_node PRIVATE store_support app)
add_executable(bench_http tests/bench/bench_http.cpp tests/bench/event_load.cpp tests/bench/http_load.cpp
  tests/bench/process_cpu.cpp)
target_link_libraries(bench_http PRIVATE bench_support process_support)
add_dependencies(bench_http epoll_http epoll_events live_node)

add_executable(bench_webhooks tests/bench/bench_webhooks.cpp tests/bench/contender.cpp tests/bench/hook_node.cpp
  tests/bench/http_load.cpp tests/support/atlas.cpp tests/support/gate.cpp tests/support/hand_carrier.cpp ${store_peers})
target_link_libraries(bench_webhooks PRIVATE bench_support store_support api carrier)

add_library(lead_bench_support STATIC tests/bench/api_visitor.cpp tests/bench/lead_file.cpp tests/bench/process_use.cpp)
target_link_libraries(lead_bench_support PUBLIC bench_support process_support store_support)
add_executable(bench_import tests/bench/bench_import.cpp tests/bench/peers/lead_copy.cpp
  tests/bench/peers/lead_inserts.cpp tests/bench/peers/sqlite_tools.cpp)
target_link_libraries(bench_import PRIVATE lead_bench_support)
add_executable(bench_leads tests/bench/bench_leads.cpp tests/bench/http_load.cpp tests/bench/lead_pages.cpp)
target_link_libraries(bench_leads PRIVATE lead_bench_support)

# A fuzzer is one file that defines LLVMFuzzerTestOneInput; `./dev check fuzz` builds and runs them all.
if(RINGDOWN_FUZZ)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_*.cpp)
  foreach(fuzzer ${fuzzers})
    cmake_path(GET fuzzer STEM name)
    add_executable(${name} ${fuzzer})
    target_link_libraries(${name} PRIVATE ports crypto net carrier sandbox)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endif()
