package org.afterword.platform.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.afterword.platform.ProcessorShare;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Has Java's compilers give way to what somebody waits for, once the program is ready: in the first minutes under load they compute for
 * long stretches. Not much way, because what they are not done with stays slow.
 */
@Component
class CompilerShare {
    private static final Logger log = LoggerFactory.getLogger(CompilerShare.class);
    private static final Path THREADS = Path.of("/proc/self/task");

    @EventListener(ApplicationReadyEvent.class)
    void lower() {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if (isCompiler(thread)) {
                    ProcessorShare.LESS.giveTo(
                            Integer.parseInt(thread.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            log.debug("The compilers keep their share of the processors", e);
        }
    }

    /** By Java's names for them, of which the system keeps 15 characters. One that ended meanwhile is none. */
    private static boolean isCompiler(Path thread) {
        try {
            String name = Files.readString(thread.resolve("comm"));
            return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
        } catch (IOException e) {
            return false;
        }
    }
}
