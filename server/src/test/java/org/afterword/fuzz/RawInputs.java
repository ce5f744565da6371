package org.afterword.fuzz;

import static org.afterword.fuzz.Rubbish.chance;
import static org.afterword.fuzz.Rubbish.one;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Bytes that are hardly HTTP. The web server may refuse them as it likes and hang up, but never fail. */
final class RawInputs {
    private static final List<String> HEADS = List.of(
            "GET / HTTP/9.9\r\n\r\n",
            "GET /api/v1/agents\r\n\r\n",
            "GET  /api/v1/agents HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "G\u00cbT /api/v1/agents HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "TRACE /api/v1/agents HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "PROPFIND /api/v1/agents HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET http://evil.example/api/v1/agents HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: [::1\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\nHost: localhost\n\n",
            "GET /api/v1/../v1/agents HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /api/v1//agents HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /api/v1/agents;x=y HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /api/v1/agents/a%2fb HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token:administrator}\r\n\r\n",
            "GET /api/v1/agents/%00 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token:administrator}\r\n\r\n",
            "GET /api/v1/agents/%C0%AF HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token:administrator}\r\n\r\n",
            "GET /api/v1/agents/% HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /api/v1/agents?%00=%zz&&=&a HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token:administrator}\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \u00ff\u0001\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic YTpi\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\nCookie: SESSION=x; ;=;\"\r\n\r\n",
            "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token:integration}\r\nContent-Type: application/cloudevents+json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token:integration}\r\nContent-Type: application/cloudevents+json\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\nab",
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
            "POST /api/v1/events HTTP/1.1\r\nHost: localhost\r\nExpect: something\r\nContent-Length: 0\r\n\r\n",
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\n%zz=%&&%00=",
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\n--x",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\r\n\r\n\r\n",
            "\0\0\0\0\r\n\r\n");

    private RawInputs() {}

    static Input next(Random random) {
        String head = one(random, HEADS);
        if (chance(random, 0.1)) {
            head = "GET /api/v1/agents?x=" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        } else if (chance(random, 0.1)) {
            head = "GET /api/v1/agents HTTP/1.1\r\nHost: localhost\r\n" + "X-A: b\r\n".repeat(200) + "\r\n";
        } else if (chance(random, 0.4)) {
            head = Mutation.ofText(head, random);
        }
        return new Input("bytes", head.getBytes(StandardCharsets.ISO_8859_1), 1, false);
    }
}
