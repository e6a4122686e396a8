package ${package};

import dev.netwright.annotations.CrossEntropyLoss;
import dev.netwright.annotations.Layer;
import dev.netwright.annotations.Linear;
import dev.netwright.annotations.Network;
import dev.netwright.annotations.Tanh;

@Network(input = 2)
@CrossEntropyLoss
class Xor {
    @Linear(outFeatures = 16) Layer hidden;
    @Tanh                     Layer tanh;
    @Linear(outFeatures = 2)  Layer scores;
}
