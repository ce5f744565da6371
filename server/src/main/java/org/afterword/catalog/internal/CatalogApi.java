package org.afterword.catalog.internal;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.internal.CatalogDocument.Notation;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The catalog as one document, in YAML or JSON. The ETag is its version. */
@RestController
@RequestMapping("/api/v1/catalog")
class CatalogApi {
    private static final String YAML = "application/yaml";
    private static final MediaType YAML_UTF8 = MediaType.parseMediaType("application/yaml;charset=UTF-8");

    private final Catalogs catalogs;
    private final Tenancy tenancy;

    CatalogApi(Catalogs catalogs, Tenancy tenancy) {
        this.catalogs = catalogs;
        this.tenancy = tenancy;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(content = @Content(schema = @Schema(implementation = Catalog.class)))
    ResponseEntity<byte[]> getJson(@AuthenticationPrincipal Caller caller) {
        return get(caller, Notation.JSON);
    }

    @GetMapping(produces = YAML)
    @ApiResponse(content = @Content(schema = @Schema(implementation = Catalog.class)))
    ResponseEntity<byte[]> getYaml(@AuthenticationPrincipal Caller caller) {
        return get(caller, Notation.YAML);
    }

    private ResponseEntity<byte[]> get(Caller caller, Notation notation) {
        return answer(tenancy.in(caller.tenant(), catalogs::current), notation);
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(content = @Content(schema = @Schema(implementation = Catalog.class)))
    ResponseEntity<byte[]> putJson(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Catalog.class)))
                    @RequestBody
                    byte[] document,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Caller caller) {
        return put(document, Notation.JSON, ifMatch, caller);
    }

    @PutMapping(consumes = {YAML, "application/x-yaml", "text/yaml"})
    @ApiResponse(content = @Content(schema = @Schema(implementation = Catalog.class)))
    ResponseEntity<byte[]> putYaml(
            @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Catalog.class)))
                    @RequestBody
                    byte[] document,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Caller caller) {
        return put(document, Notation.YAML, ifMatch, caller);
    }

    private ResponseEntity<byte[]> put(byte[] document, Notation notation, @Nullable String ifMatch, Caller caller) {
        caller.require(Role.ADMINISTRATOR);
        Catalog catalog = CatalogDocument.read(document, notation);
        var changed = tenancy.in(
                caller.tenant(), () -> catalogs.change(EntityTag.guarded(ifMatch, present -> catalog), caller));
        return answer(changed, notation);
    }

    private static ResponseEntity<byte[]> answer(CatalogVersion version, Notation notation) {
        return ResponseEntity.ok()
                .eTag(EntityTag.of(version))
                .contentType(notation == Notation.JSON ? MediaType.APPLICATION_JSON : YAML_UTF8)
                .body(CatalogDocument.write(version.catalog(), notation));
    }
}
