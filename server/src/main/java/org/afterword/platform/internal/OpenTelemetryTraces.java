package org.afterword.platform.internal;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.afterword.platform.LogContext;
import org.afterword.platform.RequestId;
import org.afterword.platform.Traces;
import org.jspecify.annotations.Nullable;

/** Spans by OpenTelemetry's own library, sent in batches by OTLP over HTTP; no other part of it is used. */
final class OpenTelemetryTraces implements Traces.Tracer, AutoCloseable {
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(3);

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /** @param share of the traces that begin here, 0 to 1 */
    OpenTelemetryTraces(URI endpoint, double share) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(TraceSettings.address(endpoint))
                .setTimeout(Duration.ofSeconds(5))
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(
                        Attributes.builder().put("service.name", "afterword").build()))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        tracer = provider.get("org.afterword");
    }

    @Override
    public Traces.Span begin(String name, boolean request, @Nullable String parent) {
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(request ? SpanKind.SERVER : SpanKind.INTERNAL);
        if (request) {
            builder.setParent(parent == null ? Context.root() : remote(parent));
        }
        return new Made(builder.startSpan());
    }

    private static Context remote(String parent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), parent, new ParentHeader());
    }

    /** Sends what is left. */
    @Override
    public void close() {
        Traces.off();
        var _ = provider.shutdown().join(LONGEST_FLUSH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A carrier that is one header's value. */
    private static final class ParentHeader implements TextMapGetter<String> {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(RequestId.TRACE_PARENT);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals(RequestId.TRACE_PARENT) ? carrier : null;
        }
    }

    private static final class Made implements Traces.Span {
        private final io.opentelemetry.api.trace.Span span;
        private final Scope scope;
        private final LogContext named;

        @SuppressWarnings("MustBeClosedChecker") // closed with the span, on its thread
        Made(io.opentelemetry.api.trace.Span span) {
            this.span = span;
            this.scope = span.makeCurrent();
            this.named =
                    LogContext.with(LogContext.Id.TRACE, span.getSpanContext().getTraceId());
        }

        @Override
        public void rename(String name) {
            span.updateName(name);
        }

        @Override
        public void attribute(String key, String value) {
            span.setAttribute(key, value);
        }

        @Override
        public void failed(Throwable failure) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", failure.getClass().getName());
        }

        @Override
        public void close() {
            LogContext.current().forEach((id, value) -> {
                if (id != LogContext.Id.TRACE) {
                    span.setAttribute("afterword." + id.key(), value);
                }
            });
            named.close();
            scope.close();
            span.end();
        }
    }
}
