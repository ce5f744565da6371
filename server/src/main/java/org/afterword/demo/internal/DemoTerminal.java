package org.afterword.demo.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.afterword.demo.internal.DemoControl.Change;

/** Tells whoever started the demo how to sign in and what to do first, and takes single keys. */
final class DemoTerminal {
    private static final int END_OF_INPUT = -1;

    private final PrintStream out;

    DemoTerminal(PrintStream out) {
        this.out = out;
    }

    void welcome(URI address, Path data, DemoFolder folder, People people) {
        String signIns = signIns(folder, people);
        folder.writeSignIns("Afterword demo, sign-ins for the data in this folder\n\n" + signIns);
        out.printf("""

                Afterword demo: %s

                %s
                First sign in as ann and press "Go available": real conversations, recorded elsewhere, then come in one after another.
                Sign in as sam in another browser and watch the floor. The other %d agents are simulated: the demo plays them
                through the public API. The sign-ins are kept in %s.

                Keys: p pause or go on   + faster   - slower   Enter what is going on   Ctrl-C end
                %n""", address, signIns, people.simulated().size(), data.resolve("demo-sign-ins.txt"));
    }

    private static String signIns(DemoFolder folder, People people) {
        var table = new StringBuilder();
        for (People.SignIn signIn : people.signIns()) {
            table.append("  %-6s %-16s %s%n"
                    .formatted(signIn.userName(), folder.password(signIn.userName()), whatFor(signIn.role())));
        }
        return table.toString();
    }

    private static String whatFor(String role) {
        return switch (role) {
            case "agent" -> "agent: the panel";
            case "supervisor" -> "supervisor: the floor and the reports";
            default -> role;
        };
    }

    void say(String line) {
        out.println(line);
    }

    /** Takes keys until the input ends. Where the terminal cannot give single keys, each takes effect with the Enter after it. */
    void takeKeys(InputStream in, DemoControl control) throws IOException {
        int key;
        while ((key = in.read()) != END_OF_INPUT) {
            switch (key) {
                case 'p', 'P', ' ' ->
                    say(line(control.change(new Change(null, !control.status().paused()))));
                case '+', '=' -> say(line(control.faster()));
                case '-' -> say(line(control.slower()));
                case '\n', '\r' -> say(line(control.status()));
                default -> {
                    // Other keys mean nothing here.
                }
            }
        }
    }

    static String line(DemoStatus status) {
        return "%s speed %s   calls: %d waiting, %d talking, %d finished   conversations: %d of %d"
                .formatted(
                        status.paused() ? "paused at" : "running at",
                        status.shortSpeed(),
                        status.waiting(),
                        status.talking(),
                        status.finished(),
                        status.played(),
                        status.conversations());
    }

    /** Whether somebody sits there who can press keys. */
    static boolean isThere() {
        return System.console() != null && System.console().isTerminal();
    }

    /** Lets single keys through, without Enter, where the terminal can; returns what undoes it. */
    static Runnable readSingleKeys() {
        stty("-icanon", "-echo", "min", "1");
        return () -> stty("icanon", "echo");
    }

    private static void stty(String... settings) {
        var command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(settings));
        try {
            new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // No stty: each key then takes effect with the Enter after it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
