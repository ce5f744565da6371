package org.afterword.e2e.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.afterword.e2e.Wanting;

/** A file system of its own at a folder, small enough to be filled. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    private final Path folder;
    private final Path ballast;

    /** Only root may mount one. */
    SmallDisk(Path folder, int megabytes) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
        boolean mounted =
                run("mount", "-t", "tmpfs", "-o", "mode=755,size=" + megabytes + "m", "tmpfs", folder.toString());
        Wanting.unless(mounted, "a size-limited file system: root may mount one");
    }

    /** Leaves no byte. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            var block = new byte[BLOCK];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() > BLOCK) {
                throw e;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(ballast);
    }

    @Override
    public void close() {
        if (!run("umount", folder.toString())) {
            throw new IllegalStateException(folder + " is still in use");
        }
    }

    private static boolean run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                System.out.print(said);
                return false;
            }
            return true;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            throw new Api.Ended();
        }
    }
}
