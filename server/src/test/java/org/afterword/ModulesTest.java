package org.afterword;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.afterword.conversation.Conversations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use whom. Arrows point downwards only; upwards goes by events and listeners. */
class ModulesTest {
    private static final String ROOT = "org.afterword";

    private static final List<Module> MODULES = List.of(
            module("platform").mayUse(),
            module("identity").mayUse("platform"),
            module("governance").mayUse("identity", "platform"),
            module("backup").mayUse("governance", "platform"),
            module("catalog").mayUse("governance", "identity", "platform"),
            module("conversation").mayUse("catalog", "governance", "identity", "platform"),
            module("speech").mayUse("conversation", "governance", "identity", "platform"),
            module("desk").mayUse("conversation", "catalog", "governance", "identity", "platform"),
            module("wrapup").mayUse("desk", "conversation", "catalog", "governance", "identity", "platform"),
            module("drafting")
                    .mayUse("wrapup", "desk", "conversation", "catalog", "governance", "identity", "platform"),
            module("analytics").mayUse("wrapup", "desk", "catalog", "governance", "identity", "platform"),
            module("delivery").mayUse("wrapup", "catalog", "governance", "identity", "platform"),
            module("stream").mayUse("identity", "platform"),
            module("console")
                    .mayUse(
                            "stream",
                            "delivery",
                            "analytics",
                            "drafting",
                            "wrapup",
                            "desk",
                            "conversation",
                            "catalog",
                            "governance",
                            "identity",
                            "platform"),
            // sees the product from outside, over HTTP, as a connector does
            module("demo").mayUse("catalog", "identity", "platform"),
            module("cli").mayUse("backup", "drafting", "governance", "identity", "platform"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    record Module(String name, Set<String> uses) {
        Module mayUse(String... others) {
            return new Module(name, Set.of(others));
        }

        String everything() {
            return ROOT + "." + name + "..";
        }

        String internals() {
            return ROOT + "." + name + ".internal..";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Module module(String name) {
        return new Module(name, Set.of());
    }

    static List<Module> modules() {
        return MODULES;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesNoneButThoseInItsSentence(Module module) {
        String[] others = MODULES.stream()
                .filter(other -> !other.equals(module) && !module.uses.contains(other.name))
                .map(Module::everything)
                .toArray(String[]::new);

        noClasses()
                .that(resideInAPackage(module.everything()))
                .should()
                .dependOnClassesThat(resideInAnyPackage(others))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void whatIsInternalIsPrivate(Module module) {
        noClasses()
                .that(not(resideInAPackage(module.everything())))
                .should()
                .dependOnClassesThat(resideInAPackage(module.internals()))
                .check(CLASSES);
    }

    @Test
    void everyPackageBelongsToAModuleAndSaysWhatItIs() {
        Set<String> names = Set.copyOf(MODULES.stream().map(Module::name).toList());
        List<JavaPackage> packages = packages().toList();

        assertThat(packages).extracting(JavaPackage::getName).contains(ROOT);
        assertThat(packages)
                .filteredOn(found -> !found.getName().equals(ROOT))
                .allMatch(found -> names.contains(found.getName().split("\\.")[2]));
        assertThat(packages).allMatch(found -> found.tryGetPackageInfo().isPresent(), "has a package-info");
    }

    @Test
    void nothingGoesInCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void thereIsOneJackson() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core.."))
                .check(CLASSES);
    }

    /** Whoever shows words to somebody says to whom, so that the trail notes it. */
    @Test
    void onlyDraftingReadsWordsUnnoted() {
        noClasses()
                .that(not(resideInAnyPackage(ROOT + ".drafting..", ROOT + ".conversation")))
                .should()
                .callMethod(Conversations.class, "transcriptsForDrafting", Collection.class)
                .check(CLASSES);
    }

    @Test
    void timeIsHandedIn() {
        noClasses()
                .that(not(resideInAPackage(ROOT + ".platform..")))
                .should()
                .callMethodWhere(readsTheClock())
                .check(CLASSES);
    }

    @Test
    void whatAClassNeedsItsConstructorTakes() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(CLASSES);
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> readsTheClock() {
        Set<Class<?>> clocks = Set.of(
                Instant.class,
                LocalDate.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class,
                Clock.class,
                InstantSource.class);
        return DescribedPredicate.describe("read the machine's clock", call -> {
            AccessTarget.MethodCallTarget target = call.getTarget();
            JavaClass owner = target.getOwner();
            boolean takesTime =
                    target.getName().equals("now") || target.getName().startsWith("system");
            return takesTime && clocks.stream().anyMatch(owner::isEquivalentTo)
                    || owner.isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis");
        });
    }

    private static Stream<JavaPackage> packages() {
        return CLASSES.stream().map(JavaClass::getPackage).distinct();
    }
}
