package org.afterword.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What went wrong with a file or a folder. */
public final class FileTrouble {
    private FileTrouble() {}

    /** In a few words, for after a colon: the exceptions themselves often say no more than a path. */
    public static String describe(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing(Path.of(missing.getFile()));
            case AccessDeniedException denied -> "access to %s is denied".formatted(denied.getFile());
            case FileAlreadyExistsException _ -> "a file of that name is there";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String missing(Path file) {
        var folder = file.getParent();
        return folder == null || Files.isDirectory(folder) ? "there is no " + file : "there is no folder " + folder;
    }
}
