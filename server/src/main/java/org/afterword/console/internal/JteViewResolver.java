package org.afterword.console.internal;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/** Finds the template of a view name among those compiled with the program; the model's entries are its parameters. */
@Component
class JteViewResolver implements ViewResolver, Ordered {
    private static final String CONTENT_TYPE = "text/html;charset=UTF-8";

    private final TemplateEngine engine =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "gg.jte.generated.precompiled");

    @Override
    public @Nullable View resolveViewName(String name, Locale locale) {
        String template = name + ".jte";
        return engine.hasTemplate(template) ? view(template) : null;
    }

    private View view(String template) {
        return new View() {
            @Override
            public String getContentType() {
                return CONTENT_TYPE;
            }

            @Override
            public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                    throws IOException {
                var page = new StringOutput();
                engine.render(template, model == null ? Map.of() : new HashMap<>(model), page);
                // Only now does the first byte leave: a template that fails gives an error page, not half of its own.
                byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
                response.setContentType(CONTENT_TYPE);
                response.setContentLength(bytes.length);
                response.getOutputStream().write(bytes);
            }
        };
    }

    /** Before the resolver of JSP pages, which takes any name. */
    @Override
    public int getOrder() {
        return 0;
    }
}
