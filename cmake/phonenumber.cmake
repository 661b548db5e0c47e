# libphonenumber's -dev package wants Boost 1.74, which cannot be installed beside 1.81. So ./dev unpacks its headers
# into build/deps, and we link the runtime library by its versioned name.
set(RINGDOWN_PHONENUMBER_INCLUDE ${CMAKE_SOURCE_DIR}/build/deps/phonenumber/include CACHE PATH "libphonenumber's headers")
if(NOT EXISTS ${RINGDOWN_PHONENUMBER_INCLUDE}/phonenumbers/phonenumberutil.h)
  message(FATAL_ERROR "libphonenumber's headers are not in ${RINGDOWN_PHONENUMBER_INCLUDE}; ./dev build puts them there")
endif()

find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8 REQUIRED)
find_library(PROTOBUF_LIBRARY NAMES libprotobuf.so.32 REQUIRED)

add_library(phonenumber INTERFACE IMPORTED)
target_include_directories(phonenumber INTERFACE ${RINGDOWN_PHONENUMBER_INCLUDE})
target_link_libraries(phonenumber INTERFACE ${PHONENUMBER_LIBRARY} ${PROTOBUF_LIBRARY})
