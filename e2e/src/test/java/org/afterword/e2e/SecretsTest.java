package org.afterword.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.program.AfterwordProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A whole life of the packaged program, with its log at its most talkative: everything that must stay out of logs is used
 * once, in its own place and in wrong ones, with success and with every kind of failure. Then all that was logged or printed is
 * searched for it.
 */
class SecretsTest {
    private static final String CARD = "4929123412341230";
    private static final String CARD_SPACED = "4929 1234 1234 1230";
    private static final String CODE = "7391";
    private static final String CUSTOMER = "Quillfeather";
    private static final String PHONE = "555 0143 77";
    private static final String EMAIL = "wilhelmina@quill.example";
    private static final String WORDS = "my aardvark ate the invoice";
    private static final String PASSWORD = "marble-otter-lantern";
    private static final String NEW_PASSWORD = "granite-heron-candle";
    private static final String WRONG_PASSWORD = "basalt-magpie-torch";
    private static final String AS_USER_NAME = "typed-into-the-name-field";
    private static final String WRONG_TOKEN = "aw_default_0000c0ffee0000c0ffee0000c0ffee00";
    private static final String IN_PATH = "hook-path-secret-5511";
    private static final String IN_QUERY = "hook-query-secret-5522";
    private static final String FORGED = "2026-01-01T00:00:00Z ERROR forged-line";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    final DataFolder data = new DataFolder();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    /** What it is, by what is looked for. */
    private final Map<String, String> secrets = new LinkedHashMap<>();

    @Test
    void nothingThatIsSecretOrACustomersIsLogged() throws Exception {
        Path launcher = launcher();
        try (var server = AfterwordProcess.serveWith(launcher, data.path())) {
            var contacts = new Contacts(server::address);
            secret("the bootstrap token", AfterwordProcess.BOOTSTRAP_TOKEN);
            adminLink();
            access(server, contacts);
            calls(contacts);
            mistakes(server, contacts);
            webhooks(contacts);
            withoutDatabase(server, contacts);

            server.stop();
            customersData();
            assertNothingIn(server.output(), "what was printed");
            assertNothingIn(logged(), "the log");
            assertThat(logged()).contains("PostgreSQL ended by itself").contains("DEBUG");
            assertThat(logged().lines().filter(line -> line.startsWith(FORGED))).isEmpty();
        }
    }

    /** As {@code afterword}, with the log at its most talkative, and with webhooks to this machine. */
    private Path launcher() throws IOException {
        String script = """
                #!/bin/sh
                export LOGGING_LEVEL_ORG_AFTERWORD=debug
                export AFTERWORD_DELIVERY_ALLOW_LOOPBACK=true
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx768m --enable-native-access=ALL-UNNAMED -jar '%s' "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("afterword.jar"));
        Path file = data.path().resolve("launcher.sh");
        Files.writeString(file, script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Printed to whoever asked for it, and never by the server. */
    private void adminLink() {
        var link = AfterwordProcess.run("admin-link", "--data", data.path().toString());
        assertThat(link.exitCode()).isZero();
        String path = URI.create(link.output().strip()).getPath();
        secret("an administrator's link", path.substring(path.lastIndexOf('/') + 1));
    }

    private void access(AfterwordProcess server, Contacts contacts) throws Exception {
        assertThat(contacts.post("/api/v1/users", """
                        {"userName": "sue", "name": "Sue Supervisor", "role": "supervisor", "password": "%s"}
                        """.formatted(PASSWORD)).status())
                .isEqualTo(201);
        secret("a password", PASSWORD);
        secret("a new password", NEW_PASSWORD);
        secret("a wrong password", WRONG_PASSWORD);
        secret("a password in the field of the name", AS_USER_NAME);
        secret("a token that never was", WRONG_TOKEN);
        assertThat(signIn(server, "sue", WRONG_PASSWORD)).isEqualTo(401);
        assertThat(signIn(server, AS_USER_NAME, "sue")).isEqualTo(401);
        assertThat(signIn(server, "sue", PASSWORD)).isEqualTo(302);
        session();
        form(
                server,
                "/account",
                "/account/password",
                "present=" + encoded(WRONG_PASSWORD) + "&wanted=" + encoded(NEW_PASSWORD));
        form(
                server,
                "/account",
                "/account/password",
                "present=" + encoded(PASSWORD) + "&wanted=" + encoded(NEW_PASSWORD));
        assertThat(signIn(server, "sue", NEW_PASSWORD)).isEqualTo(302);
        session();
        var issued = contacts.post("/api/v1/tokens", "{'name':'Screen','role':'supervisor'}");
        secret("a token", issued.all("token").getFirst());
        send(server, "GET", "/api/v1/agents", "", WRONG_TOKEN);
        send(
                server,
                "DELETE",
                "/api/v1/tokens/" + issued.all("tokenId").getFirst(),
                "",
                AfterwordProcess.BOOTSTRAP_TOKEN);
        send(server, "GET", "/api/v1/agents", "", issued.all("token").getFirst());
        stream(server);
        form(server, "/account", "/sign-out", "");
    }

    private void calls(Contacts contacts) throws Exception {
        Instant start = Instant.now().minusSeconds(600);
        var events = new ArrayList<String>();
        events.add(Contacts.event("1", "agent.signed-in", "ann", start, "{'name':'Ann'}"));
        events.add(Contacts.event(
                "2", "interaction.started", "c1", start.plusSeconds(1), """
                {'channel':'voice','customer':{'name':'Wilhelmina %s','phone':'+1 415 %s','email':'%s'},'attributes':{'card':'%s'}}
                """.formatted(CUSTOMER, PHONE, EMAIL, CARD)));
        events.add(Contacts.event("3", "interaction.connected", "c1", start.plusSeconds(2), "{'agentId':'ann'}"));
        String[] said = {
            "Hello, this is Wilhelmina " + CUSTOMER + ", " + WORDS + ".",
            "My card is " + CARD_SPACED + ".",
            "And the security code?",
            "It is " + CODE + "."
        };
        for (int turn = 0; turn < said.length; turn++) {
            events.add(Contacts.event("t" + turn, "interaction.said", "c1", start.plusSeconds(5 + turn), """
                    {'turn':%d,'speaker':'%s','text':'%s'}""".formatted(
                            turn, turn == 2 ? "agent" : "customer", said[turn])));
        }
        events.add(Contacts.event("9", "interaction.ended", "c1", start.plusSeconds(60), "{'endedBy':'customer'}"));
        assertThat(contacts.send(events).status()).isEqualTo(202);
        String wrapUp =
                contacts.get("/api/v1/wrap-ups?interactionId=c1").all("id").getFirst();
        var completed = contacts.postAs(
                "ann", "/api/v1/wrap-ups/" + wrapUp + "/completion", """
                {'record':{'summary':'Wilhelmina %s says %s, card %s','resolution':'resolved','disposition':'ANSWERED'}}
                """.formatted(CUSTOMER, WORDS, CARD), 0);
        assertThat(completed.status()).as(completed.body()).isEqualTo(200);
    }

    /** Everything in the wrong place: refused, set aside, unreadable. */
    private void mistakes(AfterwordProcess server, Contacts contacts) throws Exception {
        Instant now = Instant.now();
        String both = CUSTOMER + " " + CARD + " " + WORDS;
        contacts.send(List.of(
                Contacts.event("m1", "interaction." + CUSTOMER, "c2", now, "{'text':'" + both + "'}"),
                Contacts.event(
                        "m2", "interaction.said", "c2", now, "{'turn':'" + both + "','speaker':'" + CUSTOMER + "'}"),
                Contacts.event(
                        "m3",
                        "interaction.connected",
                        "c2",
                        now,
                        "{'agentId':['" + WORDS + "'],'role':'" + CARD + "'}"),
                Contacts.event(
                        "m4\\n" + FORGED,
                        "interaction.ended",
                        "c2\\n" + FORGED,
                        now,
                        "{'endedBy':'" + CUSTOMER + "\\n" + FORGED + "'}"),
                Contacts.event("m4\\n" + FORGED, "interaction.ended", "c2\\n" + FORGED, now, "{'endedBy':'system'}")));
        for (String body : new String[] {
            "[{\"specversion\":\"1.0\",\"data\":{\"text\":\"" + both + "\"",
            "{\"password\":\"" + PASSWORD + "\",\"name\":" + WORDS,
            "{\"userName\":\"" + CUSTOMER + "\",\"name\":[\"" + WORDS + "\"],\"role\":\"" + PASSWORD
                    + "\",\"password\":{\"x\":\"" + PASSWORD + "\"}}",
            "tags: [" + CUSTOMER + ": &" + WORDS + " *" + PASSWORD
        }) {
            for (String route : new String[] {
                "POST /api/v1/events",
                "POST /api/v1/users",
                "POST /api/v1/tokens",
                "PUT /api/v1/catalog",
                "PUT /api/v1/tags/X",
                "PATCH /api/v1/wrap-ups/none",
                "POST /api/v1/wrap-ups/none/completion",
                "POST /api/v1/webhooks",
                "POST /api/v1/routing/reservations",
                "PUT /api/v1/agents/ann/state"
            }) {
                String[] parts = route.split(" ");
                int status = send(server, parts[0], parts[1], body, AfterwordProcess.BOOTSTRAP_TOKEN);
                assertThat(status).as(route).isBetween(400, 499);
            }
        }
        for (String path : new String[] {
            "/api/v1/wrap-ups?cursor=",
            "/api/v1/wrap-ups?from=",
            "/api/v1/audit?from=",
            "/api/v1/deliveries?state=",
            "/api/v1/reports/acw?from=",
            "/api/v1/agents/",
            "/api/v1/interactions/",
            "/api/v1/users/",
            "/records/",
            "/",
            "/admin-link/",
            "/sign-in?organization="
        }) {
            for (String wrong : List.of(WRONG_PASSWORD, CUSTOMER, CARD)) {
                send(server, "GET", path + encoded(wrong), "", AfterwordProcess.BOOTSTRAP_TOKEN);
            }
        }
    }

    private void webhooks(Contacts contacts) throws Exception {
        var created = contacts.post(
                "/api/v1/webhooks", "{'url':'http://localhost:1/%s?key=%s'}".formatted(IN_PATH, IN_QUERY));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        secret("a webhook's secret", created.all("secret").getFirst());
        secret("a secret in a webhook's path", IN_PATH);
        secret("a secret in a webhook's query", IN_QUERY);
        String test = contacts.post("/api/v1/webhooks/" + created.all("id").getFirst() + "/test", "")
                .body();
        assertThat(test).contains("retry");
        awaitThat(() -> contacts.get("/api/v1/deliveries").body().contains("webhook")
                || contacts.get("/api/v1/deliveries").body().contains("delivered"));
    }

    /** Its PostgreSQL is killed, and everything is tried once more while it is away. */
    private void withoutDatabase(AfterwordProcess server, Contacts contacts) throws Exception {
        Path home = Files.exists(data.path().resolve("postgres.location"))
                ? Path.of(Files.readString(data.path().resolve("postgres.location"))
                        .strip())
                : data.path().resolve("postgres");
        Path pid;
        try (Stream<Path> files = Files.find(home, 3, (file, a) -> file.endsWith("postmaster.pid"))) {
            pid = files.findFirst().orElseThrow();
        }
        long postmaster = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
        ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
        for (int i = 0; i < 2; i++) {
            signIn(server, "sue", NEW_PASSWORD);
            send(
                    server,
                    "POST",
                    "/api/v1/users",
                    "{\"userName\":\"x\",\"password\":\"" + PASSWORD + "\"}",
                    AfterwordProcess.BOOTSTRAP_TOKEN);
            contacts.send(List.of(Contacts.event(
                    "w" + i,
                    "interaction.said",
                    "c3",
                    Instant.now(),
                    "{'turn':%d,'speaker':'customer','text':'%s %s'}".formatted(i, WORDS, CARD))));
        }
        awaitThat(() -> server.status("/health/ready") == 200 && logged().contains("PostgreSQL ended by itself"));
        assertThat(passwordFiles(home)).hasSizeGreaterThan(1);
        for (Path file : passwordFiles(home)) {
            secret("the password of a role", Files.readString(file).strip());
        }
    }

    private static List<Path> passwordFiles(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith(".password")).toList();
        }
    }

    private void customersData() {
        secret("a card number", CARD);
        secret("a card number as it is said", CARD_SPACED);
        secret("a customer's name", CUSTOMER);
        secret("a customer's telephone number", PHONE);
        secret("a customer's address", EMAIL);
        secret("a customer's words", WORDS);
    }

    private void session() {
        String session = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
        secret("a session's cookie", session);
        secret("a session's id", new String(java.util.Base64.getDecoder().decode(session), StandardCharsets.UTF_8));
    }

    private void secret(String what, String text) {
        assertThat(text).as(what).hasSizeGreaterThan(8);
        secrets.put(text, what);
    }

    private void assertNothingIn(String text, String where) {
        secrets.forEach((secret, what) -> assertThat(text.lines().filter(line -> line.contains(secret)))
                .as("%s in %s", what, where)
                .isEmpty());
        assertThat(text.lines()
                        .filter(Pattern.compile("(?<![0-9a-f.:-])" + CODE + "(?![0-9a-f])")
                                .asPredicate()))
                .as("a security code in " + where)
                .isEmpty();
    }

    private String logged() throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.walk(data.path().resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                        .append('\n');
            }
        }
        return all.toString();
    }

    private int signIn(AfterwordProcess server, String name, String password) throws Exception {
        return form(server, "/sign-in", "/sign-in", "username=" + encoded(name) + "&password=" + encoded(password));
    }

    private int form(AfterwordProcess server, String page, String target, String fields) throws Exception {
        String shown = http.send(
                        HttpRequest.newBuilder(server.address().resolve(page))
                                .header("Accept", "text/html")
                                .build(),
                        BodyHandlers.ofString())
                .body();
        var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(shown);
        String csrf = token.find() ? token.group(1) : "none";
        var request = HttpRequest.newBuilder(server.address().resolve(target))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(fields + "&_csrf=" + encoded(csrf)));
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private int send(AfterwordProcess server, String method, String path, String body, String token) throws Exception {
        var request = HttpRequest.newBuilder(server.address().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType(path))
                .header("If-Match", "\"0\"")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding());
        return answer.statusCode();
    }

    private static String contentType(String path) {
        return path.equals("/api/v1/events")
                ? "application/cloudevents-batch+json"
                : path.equals("/api/v1/catalog") ? "application/yaml" : "application/json";
    }

    /** Listens for a moment, and goes. */
    private void stream(AfterwordProcess server) throws Exception {
        var request = HttpRequest.newBuilder(server.address().resolve("/api/v1/stream"))
                .header("Authorization", "Bearer " + AfterwordProcess.BOOTSTRAP_TOKEN)
                .build();
        try (var lines = http.send(request, BodyHandlers.ofInputStream()).body()) {
            assertThat(lines.read()).isPositive();
        }
    }

    private interface Fact {
        boolean holds() throws IOException;
    }

    private static void awaitThat(Fact fact) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!fact.holds()) {
            assertThat(System.nanoTime()).as("waited for long enough").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
