package org.afterword.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.afterword.platform.TenantId;

/** The audio files that {@code interaction.recorded} names. */
public interface Recordings {
    /**
     * Opens a recording of {@code tenant}, and never a file outside of its folder.
     *
     * @param file as {@link Transcript.Recording#file} has it
     * @throws NoSuchFileException if there is no such file
     */
    InputStream open(TenantId tenant, String file) throws IOException;
}
