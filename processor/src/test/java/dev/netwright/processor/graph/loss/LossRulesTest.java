package dev.netwright.processor.graph.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Loss;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.reference.AnnotationAttributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossRulesTest {
    private static Loss loss(String annotation, Map<String, Object> written, Shape input) {
        return Losses.factory(annotation).create(AnnotationAttributes.of(annotation, written), input);
    }

    private static LayerException refused(String annotation, Map<String, Object> written, Shape input) {
        return catchThrowableOfType(LayerException.class, () -> loss(annotation, written, input));
    }

    @Test
    void indicesHaveOneForEachPlace() {
        Loss loss = loss("CrossEntropyLoss", Map.of(), Shape.of(10, 4, 5));
        assertThat(loss.target()).isEqualTo(Shape.of(4, 5));
        assertThat(loss.indices()).isTrue();
        assertThat(loss.classes()).isEqualTo(10);
        assertThat(loss("NLLLoss", Map.of(), Shape.of(10)).target()).isEqualTo(Shape.of());
    }

    @Test
    void probabilitiesHaveTheShapeOfTheScoresAndALossForEachPlace() {
        Loss loss = loss("CrossEntropyLoss", Map.of("probabilities", true), Shape.of(10, 4));
        assertThat(loss.target()).isEqualTo(Shape.of(10, 4));
        assertThat(loss.losses()).isEqualTo(Shape.of(4));
        assertThat(loss.indices()).isFalse();
        assertThat(refused("CrossEntropyLoss", Map.of("probabilities", true, "ignoreIndex", 1), Shape.of(10)))
                .hasMessage("ignoreIndex of %s is 1, but its targets are probabilities");
    }

    @Test
    void weightsAreOneForEachClass() {
        LayerException e = refused("NLLLoss", Map.of("weight", List.of(1.0, 2.0)), Shape.of(3));
        assertThat(e.attribute()).isEqualTo("weight");
        assertThat(e).hasMessage("weight of %s has 2 values, but there are 3 classes");
    }

    @Test
    void smoothingIsAShare() {
        assertThat(refused("CrossEntropyLoss", Map.of("labelSmoothing", 1.1), Shape.of(3)))
                .hasMessage("labelSmoothing of %s is 1.1, but must be from 0 to 1");
    }

    @Test
    void classesNeedADimension() {
        assertThat(refused("CrossEntropyLoss", Map.of(), Shape.of()))
                .hasMessage("%s needs a score for each class but receives a single number");
    }

    @Test
    void weightsOfBinaryLossesFollowTheLastDimension() {
        assertThat(loss("BCEWithLogitsLoss", Map.of("posWeight", List.of(1.0, 2.0, 3.0)), Shape.of(2, 3))
                        .target())
                .isEqualTo(Shape.of(2, 3));
        assertThat(refused("BCEWithLogitsLoss", Map.of("weight", List.of(1.0, 2.0)), Shape.of(2, 3)))
                .hasMessage("weight of %s has 2 values, but the last dimension of 2 x 3 has the size 3");
    }
}
