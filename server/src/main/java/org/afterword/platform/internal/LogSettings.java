package org.afterword.platform.internal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the log is written. {@code application.yaml} reads these, since the log begins before anything is built from settings; here
 * they are checked.
 *
 * @param format of the file, and of standard output if all goes there: {@code json} (Elastic Common Schema, one document a
 *     line) or {@code text}; default json
 * @param stdout whether all of the log goes to standard output too, for containers; default false, and then warnings do, as
 *     text
 */
@ConfigurationProperties("afterword.log")
record LogSettings(
        @DefaultValue("json") Format format,
        @DefaultValue("false") boolean stdout) {
    enum Format {
        JSON,
        TEXT
    }
}
