package org.afterword.catalog.internal;

import java.time.InstantSource;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.StarterCatalog;
import org.afterword.governance.Trail;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CatalogConfiguration {
    @Bean
    Catalogs catalogs(PipelinedJdbc jdbc, Tenancy tenancy, Trail trail, InstantSource clock) {
        return new Catalogs(new CatalogRepository(jdbc), tenancy, trail, clock);
    }

    @Bean
    StarterCatalog starterCatalog(Catalogs catalogs) {
        return new StarterCatalog(catalogs);
    }
}
