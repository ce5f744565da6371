package org.afterword.conversation.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param folder where the audio files of {@code interaction.recorded} lie, each tenant's in a folder of its id; default {@code recordings} in the data folder */
@ConfigurationProperties("afterword.recordings")
record RecordingSettings(@Nullable Path folder) {
    RecordingSettings {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "recordings.folder is %s, which is not a folder that can be read".formatted(folder));
        }
    }
}
