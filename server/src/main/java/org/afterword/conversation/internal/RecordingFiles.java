package org.afterword.conversation.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Objects;
import java.util.Set;
import org.afterword.conversation.Recordings;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;

/**
 * The folder of recordings, with one of each tenant in it. A file in that is opened step by step from the folder down, and no link on the way is followed, so
 * that nothing outside can be reached however the folder changes meanwhile.
 */
public final class RecordingFiles implements Recordings {
    private final Path folder;

    public RecordingFiles(Path folder) {
        this.folder = folder;
    }

    /** Whether a name can be that of a file below a tenant's folder: relative, without steps upwards. */
    static boolean isInside(String file) {
        try {
            Path path = Path.of(file);
            if (file.isBlank() || file.contains("\\") || path.isAbsolute()) {
                return false;
            }
            for (Path step : path) {
                if (step.toString().isEmpty()
                        || step.toString().equals("..")
                        || step.toString().equals(".")) {
                    return false;
                }
            }
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The audio of a recording of {@code tenant}, whether its file is there or not. */
    Resource resource(TenantId tenant, String file) {
        return new RecordingResource(tenant, file);
    }

    @Override
    public InputStream open(TenantId tenant, String file) throws IOException {
        return Channels.newInputStream(channel(tenant, file));
    }

    private SeekableByteChannel channel(TenantId tenant, String file) throws IOException {
        if (!isInside(file)) {
            throw new NoSuchFileException(file);
        }
        Path path = Path.of(tenant.value(), file);
        try (DirectoryStream<Path> top = Files.newDirectoryStream(folder)) {
            return open(top, path);
        }
    }

    private static SeekableByteChannel open(DirectoryStream<Path> parent, Path path) throws IOException {
        if (!(parent instanceof SecureDirectoryStream<Path> folder)) {
            throw new IOException("this file system cannot open recordings without following links");
        }
        if (path.getNameCount() == 1) {
            BasicFileAttributeView view =
                    folder.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (!view.readAttributes().isRegularFile()) {
                throw new NoSuchFileException(path.toString());
            }
            return folder.newByteChannel(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }
        try (DirectoryStream<Path> next = folder.newDirectoryStream(path.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return open(next, path.subpath(1, path.getNameCount()));
        }
    }

    private final class RecordingResource extends AbstractResource {
        private final TenantId tenant;
        private final String file;

        RecordingResource(TenantId tenant, String file) {
            this.tenant = tenant;
            this.file = file;
        }

        @Override
        public boolean exists() {
            try (SeekableByteChannel channel = channel(tenant, file)) {
                return channel.isOpen();
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public long contentLength() throws IOException {
            try (SeekableByteChannel channel = channel(tenant, file)) {
                return channel.size();
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return RecordingFiles.this.open(tenant, file);
        }

        @Override
        public @Nullable String getFilename() {
            return String.valueOf(Path.of(file).getFileName());
        }

        @Override
        public String getDescription() {
            return "recording " + file;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof RecordingResource resource
                    && resource.tenant.equals(tenant)
                    && resource.file.equals(file);
        }

        @Override
        public int hashCode() {
            return Objects.hash(tenant, file);
        }
    }
}
