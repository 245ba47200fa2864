"""What a cell sees of the names of earlier ones."""


def test_a_shorthand_property_of_an_earlier_name(kernel):
    kernel.run('const [two, three] = [2, 3];\nimport path from "node:path";')
    done = kernel.run("const four = 4;\nconst double = (three: number) => ({ two, three: { three }, four });\nJSON.stringify([double(6), typeof { path }.path])")
    assert done.value == """'[{"two":2,"three":{"three":6},"four":4},"object"]'"""


def test_a_shorthand_target_of_an_assignment(kernel):
    kernel.run("let [left, right] = [0, 0];")
    kernel.run("({ left, right = 2 } = { left: 1 } as { left: number; right?: number });")
    assert kernel.run("[left, right]").value == "[ 1, 2 ]"


def test_a_name_that_is_declared_again(kernel):
    kernel.run("const again = 'old';")
    kernel.run("const again = 'new';\nconst taken = { again };")
    assert kernel.run("({ taken, again })").value == "{ taken: { again: 'new' }, again: 'new' }"
