package org.afterword.platform.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.afterword.platform.Meters.Rows;
import org.afterword.platform.SampledFigures;

/** How much room is left where this program keeps its data. */
final class DiskFigures implements SampledFigures {
    private final Rows free = Rows.maxima(
            "afterword.disk.free.bytes", "What is left of the disk that has least left, of those with our data");

    private final List<Path> folders;

    /** @param folders each on a disk of its own, or not */
    DiskFigures(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    @Override
    public void sample() {
        free.take(folders.stream().mapToLong(DiskFigures::free).min().orElseThrow());
        free.show();
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void forget() {
        free.hide();
    }
}
