package org.afterword.platform;

import java.io.IOException;
import java.nio.file.Path;
import org.afterword.platform.internal.FolderLock;
import org.afterword.platform.internal.Permissions;

/** The folder in which one Afterword keeps everything that does not lie in a database of its administrator's. */
public record DataFolder(Path path) {
    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Creates the folder where it is absent; closed to other users then.
     *
     * @throws StartupException if that is not possible
     */
    public void create() {
        create(path);
    }

    /**
     * Keeps other programs out of the folder until the answer is closed or this process ends.
     *
     * @throws StartupException if another program uses it
     */
    public Hold keepToUs() {
        return FolderLock.take(path)::close;
    }

    /** While it is open, the folder is ours alone. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** A folder of this name inside, created where it is absent. */
    public Path folder(String name) {
        var folder = path.resolve(name);
        create(folder);
        return folder;
    }

    private static void create(Path folder) {
        try {
            Permissions.createPrivateFolder(folder);
        } catch (IOException e) {
            throw new StartupException("The folder %s cannot be created: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
