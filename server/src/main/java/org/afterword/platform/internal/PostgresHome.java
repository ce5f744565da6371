package org.afterword.platform.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.Sha256;
import org.afterword.platform.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder in which one data folder's database lives: the cluster, both roles' passwords, the port, a lock.
 *
 * <p>It is {@code postgres} inside the data folder, unless PostgreSQL's account cannot get there (root's data folder below
 * {@code /root}): then it is below {@code /var/lib/afterword}, and {@code postgres.location} in the data folder says where.
 */
public record PostgresHome(Path folder, PostgresAccount account) {
    static final Path SYSTEM_FOLDER = Path.of("/var/lib/afterword");

    private static final Logger log = LoggerFactory.getLogger(PostgresHome.class);
    private static final String LOCATION = "postgres.location";

    /** Finds or creates the home of {@code data}, which is created as well where it is absent. */
    public static PostgresHome of(Path data) {
        var account = PostgresAccount.ofThisProcess();
        try {
            Permissions.createPrivateFolder(data);
            var home = new PostgresHome(locate(data.toRealPath(), account), account);
            if (!Files.isDirectory(home.folder)) {
                Permissions.createPrivateFolder(home.folder);
                account.mayEnter(home.folder);
            }
            return home;
        } catch (IOException e) {
            throw new StartupException("The data folder %s cannot be used: %s".formatted(data, reason(e)), e);
        }
    }

    private static Path locate(Path data, PostgresAccount account) throws IOException {
        var note = data.resolve(LOCATION);
        if (Files.exists(note)) {
            return Path.of(Files.readString(note).strip());
        }
        if (Permissions.isPrivate(data)) {
            account.mayEnter(data);
        }
        if (account.reaches(data)) {
            return data.resolve("postgres");
        }
        Permissions.createOpenFolders(SYSTEM_FOLDER);
        var moved = SYSTEM_FOLDER.resolve(hash(data));
        Files.writeString(note, moved + "\n");
        log.warn("PostgreSQL's system user cannot enter {}: the database is in {} instead", data, moved);
        return moved;
    }

    /** Where the programs are unpacked: shared by all data folders where there is a place for that. */
    Path binariesCache() {
        try {
            var cache = switch (account) {
                case PostgresAccount.SystemUser _ -> SYSTEM_FOLDER;
                case PostgresAccount.Ourselves _ -> {
                    var user = Path.of(System.getProperty("user.home"));
                    yield Files.isWritable(user) ? user.resolve(".cache/afterword") : folder;
                }
            };
            Permissions.createOpenFolders(cache);
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path cluster() {
        return folder.resolve("cluster");
    }

    public DatabaseLogin login(String database, String role, int port) {
        return new DatabaseLogin("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), role, password(role));
    }

    /** The role's password, made up at the first call and kept for us alone. */
    String password(String role) {
        var file = folder.resolve(role + ".password");
        try {
            if (!Files.exists(file)) {
                var random = new byte[24];
                new SecureRandom().nextBytes(random);
                Permissions.createPrivateFile(file, HexFormat.of().formatHex(random));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartupException("The password file %s cannot be used: %s".formatted(file, reason(e)), e);
        }
    }

    /** The port of the last start. */
    public OptionalInt port() {
        var file = folder.resolve("port");
        try {
            return Files.exists(file)
                    ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip()))
                    : OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty(); // a port is only a habit: another one will do
        }
    }

    public void keepPort(int port) {
        try {
            var written = Files.writeString(folder.resolve("port.new"), port + "\n");
            Files.move(written, folder.resolve("port"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Path data) {
        return HexFormat.of().formatHex(Sha256.of(data.toString()), 0, 8);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    }
}
