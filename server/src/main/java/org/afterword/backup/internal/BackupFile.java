package org.afterword.backup.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.afterword.backup.BackupException;
import org.afterword.backup.BackupSummary;
import org.afterword.platform.FileTrouble;
import org.afterword.platform.Json;
import tools.jackson.core.JacksonException;

/** A backup that was read through and is as it was written. */
public final class BackupFile implements AutoCloseable {
    /** The list of members is kept in memory; a hundred thousand of them take less. */
    private static final int LARGEST_MANIFEST = 64 << 20;

    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /**
     * Reads the whole file through.
     *
     * @throws BackupException naming what is wrong with it
     */
    public static BackupFile open(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new BackupException("There is no file %s that can be read.".formatted(file));
        }
        try {
            return opened(file);
        } catch (ZipException e) {
            throw new BackupException(
                    "%s is no whole backup: it is another kind of file, or its end is missing (%s)."
                            .formatted(file, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new BackupException("The backup %s cannot be read: %s.".formatted(file, FileTrouble.describe(e)), e);
        }
    }

    private static BackupFile opened(Path file) throws IOException {
        var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        try {
            var opened = new BackupFile(zip, manifest(file, zip));
            if (!Sealed.isWhole(file)) {
                opened.findDamage(file);
                throw damaged(file, "its frame");
            }
            opened.findDamage(file);
            return opened;
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static Manifest manifest(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.MEMBER);
        if (entry == null) {
            throw new BackupException("%s is no backup: it has no %s.".formatted(file, Manifest.MEMBER));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            String text = new String(in.readNBytes(LARGEST_MANIFEST), StandardCharsets.UTF_8);
            int format = Json.read(text).path("format").asInt(0);
            if (format != Manifest.FORMAT) {
                throw new BackupException(
                        "%s has the format %d and this Afterword reads %d: restore it with the Afterword that wrote it, or a newer one."
                                .formatted(file, format, Manifest.FORMAT));
            }
            return Json.read(text, Manifest.class);
        } catch (ZipException | JacksonException e) {
            throw damaged(file, Manifest.MEMBER);
        }
    }

    private static BackupException damaged(Path file, String what) {
        return new BackupException(
                "%s is damaged: %s is not as it was written. Nothing was restored; take another backup."
                        .formatted(file, what));
    }

    /** Names the first member that is not as the manifest says. */
    private void findDamage(Path file) throws IOException {
        for (var rows : manifest.tables()) {
            Tally tally = read(file, rows.member());
            if (tally.lines() != rows.rows() || !tally.sha256().equals(rows.sha256())) {
                throw damaged(file, rows.member());
            }
        }
        for (var stored : manifest.files()) {
            Tally tally = read(file, stored.member());
            if (tally.bytes() != stored.bytes() || !tally.sha256().equals(stored.sha256())) {
                throw damaged(file, stored.member());
            }
        }
    }

    private Tally read(Path file, String member) throws IOException {
        ZipEntry entry = zip.getEntry(member);
        if (entry == null) {
            throw damaged(file, member);
        }
        var tally = new Tally(OutputStream.nullOutputStream());
        try (InputStream in = zip.getInputStream(entry)) {
            in.transferTo(tally);
            return tally;
        } catch (ZipException e) {
            throw damaged(file, member);
        }
    }

    public BackupSummary summary() {
        return manifest.summary();
    }

    /** Which backup this is: the SHA-256 that is its comment, and was compared. */
    public String seal() {
        return zip.getComment();
    }

    Manifest manifest() {
        return manifest;
    }

    InputStream content(String member) throws IOException {
        return zip.getInputStream(zip.getEntry(member));
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
