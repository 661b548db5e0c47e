// The shelf of sealed files: one folder per workspace, one file per recording, under the keys of a key file.
#pragma once

#include <filesystem>

#include "ports/sound_shelf.h"

namespace ringdown::crypto {

class FileShelf : public SoundShelf {
 public:
  FileShelf(std::filesystem::path folder, std::filesystem::path key_file)
      : folder_(std::move(folder)), key_file_(std::move(key_file)) {}

  Result<std::unique_ptr<SoundWriter>> begin(WorkspaceId, RecordingId) override;
  Result<std::unique_ptr<SoundReader>> open(WorkspaceId, RecordingId) const override;
  Result<void> drop(WorkspaceId, RecordingId) override;

 private:
  std::filesystem::path file_of(WorkspaceId, RecordingId) const;

  std::filesystem::path folder_;
  std::filesystem::path key_file_;
};

}  // namespace ringdown::crypto
