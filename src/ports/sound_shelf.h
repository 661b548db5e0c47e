// Where the sound of recordings is kept, out of the database and readable by nobody else. Any thread may ask;
// each call reads or writes a file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "domain/recording.h"
#include "domain/workspace.h"

namespace ringdown {

struct KeptSound {
  std::int64_t size = 0;
  Bytes sha256;

  bool operator==(const KeptSound&) const = default;
};

// A sound on its way in: it is there once it was finished, and before that no trace of it.
class SoundWriter {
 public:
  virtual ~SoundWriter() = default;

  virtual Result<void> write(std::string_view piece) = 0;
  virtual Result<KeptSound> finish() = 0;
};

class SoundReader {
 public:
  virtual ~SoundReader() = default;

  // Empty at the end; fails where the file is not what was written.
  virtual Result<std::string> next() = 0;
};

class SoundShelf {
 public:
  virtual ~SoundShelf() = default;

  virtual Result<std::unique_ptr<SoundWriter>> begin(WorkspaceId, RecordingId) = 0;  // in place of any before
  virtual Result<std::unique_ptr<SoundReader>> open(WorkspaceId, RecordingId) const = 0;
  virtual Result<void> drop(WorkspaceId, RecordingId) = 0;  // fine where there is none
};

}  // namespace ringdown
