package org.afterword.platform;

/** Every way in which the product says no, with the HTTP status and whose turn it is. */
public enum ProblemType {
    BAD_REQUEST("bad-request", 400, "The request cannot be read", Turn.USER),
    NOT_A_CLOUD_EVENT("not-a-cloud-event", 400, "This is not a CloudEvent", Turn.OTHER_SYSTEM),
    UNAUTHENTICATED("unauthenticated", 401, "Sign in, or send a valid token", Turn.USER),
    FORBIDDEN("forbidden", 403, "Your role does not allow this", Turn.ADMINISTRATOR),
    NOT_FOUND("not-found", 404, "There is no such thing here", Turn.USER),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This address does not take this method", Turn.OTHER_SYSTEM),
    NOT_ACCEPTABLE("not-acceptable", 406, "There is no answer of the type that is asked for", Turn.OTHER_SYSTEM),
    CONFLICT("conflict", 409, "The state does not allow this", Turn.USER),
    NOBODY_ELIGIBLE("nobody-eligible", 409, "Nobody may be offered this contact now", Turn.USER),
    STALE("stale", 412, "Somebody else was faster", Turn.USER),
    TOO_LARGE("too-large", 413, "The request is too large", Turn.OTHER_SYSTEM),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This content type is not understood", Turn.OTHER_SYSTEM),
    INVALID("invalid", 422, "Some values cannot be taken", Turn.USER),
    RECORD_INCOMPLETE("record-incomplete", 422, "The record is not complete", Turn.USER),
    PRECONDITION_REQUIRED(
            "precondition-required", 428, "Send If-Match with the version you have seen", Turn.OTHER_SYSTEM),
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many attempts", Turn.USER),
    INTERNAL("internal", 500, "Something went wrong here", Turn.US),
    UNAVAILABLE("unavailable", 503, "Nothing can be stored now", Turn.US);

    /** Who has to act so that it works the next time. */
    public enum Turn {
        USER,
        ADMINISTRATOR,
        OTHER_SYSTEM,
        US
    }

    private final String slug;
    private final int status;
    private final String title;
    private final Turn turn;

    ProblemType(String slug, int status, String title, Turn turn) {
        this.slug = slug;
        this.status = status;
        this.title = title;
        this.turn = turn;
    }

    /** The RFC 9457 type, relative to the server: {@code /problems/record-incomplete}. */
    public String uri() {
        return "/problems/" + slug;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public Turn turn() {
        return turn;
    }
}
