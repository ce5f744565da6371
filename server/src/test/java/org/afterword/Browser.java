package org.afterword;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.afterword.ApiClient.Answer;

/** Visits pages as a person's browser does: keeps cookies, sends forms with the page's token, does not follow redirects. */
public final class Browser {
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"\\s+value=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI address;
    private final String prefix;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    /** @param prefix what every path begins with, such as {@code /t/north} */
    Browser(URI address, String prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** The same browser, cookies included, on the pages that begin with another prefix. */
    public Browser at(String otherPrefix) {
        var other = new Browser(address, otherPrefix);
        cookies.getCookieStore()
                .getCookies()
                .forEach(cookie -> other.cookies.getCookieStore().add(address, cookie));
        return other;
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).header("Accept", "text/html").GET());
    }

    /** Opens the page, fills its form and sends it to the same address. */
    public Answer submit(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return submit(path, path, fields);
    }

    /** As {@link #submit(String, Map)}, for a form that is sent elsewhere. */
    public Answer submit(String page, String target, Map<String, String> fields)
            throws IOException, InterruptedException {
        var form = new LinkedHashMap<>(fields);
        form.put("_csrf", csrfToken(page));
        return post(target, form);
    }

    /** Sends a form as it is, without a page's token. */
    public Answer post(String path, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The value of the cookie that stands for the session; empty if there is none. */
    public String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Takes over the cookie of a session. */
    public void useSession(String value) {
        plant("SESSION", value);
    }

    /** Puts a cookie into the browser, as a page in the neighborhood may. */
    public void plant(String name, String value) {
        var cookie = new HttpCookie(name, value);
        cookie.setDomain(address.getHost() + ".local"); // as the cookie manager calls hosts without a dot
        cookie.setPath(prefix);
        cookie.setVersion(0);
        cookies.getCookieStore().add(address, cookie);
    }

    /** Signs in with {@link ApiServer#PASSWORD}. */
    public Answer signIn(String userName) throws IOException, InterruptedException {
        return submit("/sign-in", Map.of("username", userName, "password", ApiServer.PASSWORD));
    }

    /** The token that the forms of a page carry. */
    public String csrfToken(String page) throws IOException, InterruptedException {
        var found = CSRF.matcher(get(page).body());
        if (!found.find()) {
            throw new AssertionError("there is no form with a token on " + page);
        }
        return found.group(1);
    }

    /** A request to be completed by the caller, for {@link #send}. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(prefix + path)).timeout(PATIENCE);
    }

    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), ApiClient.BODY);
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
