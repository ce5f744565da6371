package org.afterword.drafting.internal;

import org.afterword.drafting.DraftingEngine;
import org.afterword.drafting.Embedder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DraftingConfiguration {
    @Bean
    MiniLmEmbedder embedder() {
        return new MiniLmEmbedder();
    }

    @Bean
    ModelLoading modelHealthIndicator(MiniLmEmbedder embedder) {
        return new ModelLoading(embedder);
    }

    @Bean
    DraftingEngine draftingEngine(Embedder embedder) {
        return new DraftingEngine(embedder);
    }
}
