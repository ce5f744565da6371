package org.afterword.demo.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.afterword.platform.Json;

/**
 * What the demo keeps in the data folder beside the database: its secrets, and which conversations it has played. Only the
 * files' owner can read them. Used by one thread at a time.
 */
final class DemoFolder {
    private record State(
            boolean furnished,
            Map<String, String> passwords,
            Map<String, String> tokens,
            int calls,
            Set<String> played) {}

    private static final String STATE = "demo.json";
    private static final String SIGN_INS = "demo-sign-ins.txt";

    /** Without those that look like each other. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private final Path data;
    private boolean furnished;
    private final Map<String, String> passwords;
    private final Map<String, String> tokens;
    private int calls;
    private final Set<String> played;

    private DemoFolder(Path data, State state) {
        this.data = data;
        this.furnished = state.furnished();
        this.passwords = new HashMap<>(state.passwords());
        this.tokens = new HashMap<>(state.tokens());
        this.calls = state.calls();
        this.played = new HashSet<>(state.played());
    }

    /** Opens the demo in {@code data}, or prepares a new one there. */
    static DemoFolder open(Path data) {
        try {
            if (Files.exists(data.resolve(STATE))) {
                return new DemoFolder(data, Json.read(Files.readString(data.resolve(STATE)), State.class));
            }
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var folder = new DemoFolder(data, new State(false, Map.of(), Map.of(), 0, Set.of()));
        folder.save();
        return folder;
    }

    /** Whether catalog, users and tokens stand from an earlier start. */
    boolean furnished() {
        return furnished;
    }

    void setFurnished() {
        furnished = true;
        save();
    }

    /** The user's password, chosen at random when it is first asked for. */
    String password(String userName) {
        String known = passwords.get(userName);
        if (known != null) {
            return known;
        }
        String password = secret(4) + "-" + secret(4) + "-" + secret(4);
        passwords.put(userName, password);
        save();
        return password;
    }

    /** The token under {@code name}. @throws IllegalStateException if there is none */
    String token(String name) {
        String token = tokens.get(name);
        if (token == null) {
            throw new IllegalStateException("%s has no token '%s'".formatted(data.resolve(STATE), name));
        }
        return token;
    }

    boolean hasToken(String name) {
        return tokens.containsKey(name);
    }

    void setToken(String name, String token) {
        tokens.put(name, token);
        save();
    }

    /** A number that no call of this folder had before. */
    int nextCall() {
        calls++;
        save();
        return calls;
    }

    boolean wasPlayed(String conversation) {
        return played.contains(conversation);
    }

    void setPlayed(String conversation) {
        played.add(conversation);
        save();
    }

    /** All conversations count as not played yet. */
    void startOver() {
        played.clear();
        save();
    }

    /** Leaves the sign-ins where their owner finds them again. */
    void writeSignIns(String text) {
        write(SIGN_INS, text);
    }

    private void save() {
        write(STATE, Json.write(new State(furnished, passwords, tokens, calls, played)));
    }

    /** Replaces the file at once; temporary files are readable by their owner only. */
    private void write(String name, String text) {
        try {
            Path fresh = Files.createTempFile(data, name, ".tmp");
            Files.writeString(fresh, text);
            Files.move(fresh, data.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String secret(int length) {
        var random = new SecureRandom();
        return random.ints(length, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, i) -> text.append(LETTERS.charAt(i)), StringBuilder::append)
                .toString();
    }
}
