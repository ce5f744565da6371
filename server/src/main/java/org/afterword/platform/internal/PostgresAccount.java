package org.afterword.platform.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import org.afterword.platform.StartupException;

/** Who runs PostgreSQL: ourselves or, since PostgreSQL refuses root, a system user of our own. */
public sealed interface PostgresAccount {
    /** Belongs to the effective user. */
    Path SELF = Path.of("/proc/self");

    /** The account fit for who runs this program; root's system user is created where it is absent. */
    static PostgresAccount ofThisProcess() {
        try {
            return uid(SELF) == 0 ? SystemUser.create() : new Ourselves();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line that runs {@code command} as this account, in a session of its own: Ctrl-C is for us alone. */
    List<String> command(List<String> command);

    /** Lets this account enter {@code folder}, and nobody else but us. */
    void mayEnter(Path folder) throws IOException;

    /** Makes {@code path} this account's own. */
    void own(Path path) throws IOException;

    /** Whether {@code path} is this account's own. */
    boolean owns(Path path) throws IOException;

    /** Whether this account can get into {@code folder}, which exists. */
    boolean reaches(Path folder);

    record Ourselves() implements PostgresAccount {
        @Override
        public List<String> command(List<String> command) {
            return concat(List.of("setsid"), command);
        }

        @Override
        public void mayEnter(Path folder) throws IOException {
            Permissions.set(folder, "rwx------");
        }

        @Override
        public void own(Path path) {
            // what we create is ours already
        }

        @Override
        public boolean owns(Path path) throws IOException {
            return uid(path) == uid(SELF);
        }

        @Override
        public boolean reaches(Path folder) {
            return true;
        }
    }

    record SystemUser(String name) implements PostgresAccount {
        private static SystemUser create() {
            var user = new SystemUser("afterword");
            if (!user.exists()) {
                var made = Commands.run(List.of(
                        "useradd",
                        "--system",
                        "--user-group",
                        "--no-create-home",
                        "--home-dir",
                        PostgresHome.SYSTEM_FOLDER.toString(),
                        "--shell",
                        "/usr/sbin/nologin",
                        user.name));
                if (!user.exists()) { // another process may have been faster
                    throw new StartupException(
                            "PostgreSQL does not run as root and the system user '%s' cannot be created (%s). Create it, or start as an ordinary user."
                                    .formatted(user.name, made.lastLine()));
                }
            }
            return user;
        }

        private boolean exists() {
            return Commands.run(List.of("id", "-u", name)).succeeded();
        }

        @Override
        public List<String> command(List<String> command) {
            var drop = List.of(
                    "setsid",
                    "setpriv",
                    "--reuid=" + name,
                    "--regid=" + name,
                    "--clear-groups",
                    "--inh-caps=-all",
                    "--no-new-privs");
            return concat(drop, command);
        }

        @Override
        public void mayEnter(Path folder) throws IOException {
            posix(folder).setGroup(group(folder));
            Permissions.set(folder, "rwx--x---");
        }

        @Override
        public void own(Path path) throws IOException {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
            posix(path).setGroup(group(path));
        }

        @Override
        public boolean reaches(Path folder) {
            return Commands.run(command(List.of("test", "-x", folder.toString())))
                    .succeeded();
        }

        @Override
        public boolean owns(Path path) throws IOException {
            return Files.getOwner(path).getName().equals(name);
        }

        private GroupPrincipal group(Path path) throws IOException {
            return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
        }

        private static PosixFileAttributeView posix(Path path) {
            return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static List<String> concat(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
