package org.afterword.drafting.internal.prose;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param allowedHosts  where language models may be asked, separated by commas: {@code llm.example.com}, {@code *.example.com}, or
 *                      {@code *} for any; only a host named in full may have a private address; default {@code *}
 * @param allowLoopback whether they may be asked on this machine itself; default false
 */
@ConfigurationProperties("afterword.language-model")
record ProseSettings(
        @DefaultValue("*") List<String> allowedHosts,
        @DefaultValue("false") boolean allowLoopback) {
    ProseSettings {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
