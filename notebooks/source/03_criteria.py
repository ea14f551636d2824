# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 3. Criteria: how do we split our customers?
#
# Answer from top to bottom; every answer is saved as you give it. If nothing here can be clicked, choose
# **Run → Run All Cells** in the menu once.

# %%
from segkit import open_workbook
from segkit.show import frame
from segkit.show.criteria import comparison as compare
from segkit.show.criteria import pieces as show
from segkit.widgets import history
from segkit.widgets.criteria import questions as ask

wb = open_workbook()
frame.opening(wb, "criteria")

# %%
history.turn_back(wb)

# %% [markdown]
# **In this notebook** you split your customers in three ways, see them side by side, and choose one.
#
# **You need** the data from notebook 2.
#
# There is no single right answer. A business can split its customers a dozen ways; the best one is the one that helps you reach
# your goals, and that you can explain to a new colleague in a minute.

# %% [markdown]
# ## Five ways to look at a customer

# %%
show.bases_compared(wb)

# %% [markdown]
# ## First way: by hand
#
# Imagine a card for each customer, and pots on a desk. Pick one to three attributes and say where to cut: each card falls into
# exactly one pot.
#
# Would you do the same for two pots? Then click both and put them together. Aim for seven segments at most, each with one line on
# what you do for it. A pot with hardly anyone in it stands with its nearest neighbour.

# %%
ask.by_hand(wb)

# %% [markdown]
# The segments that your pots make, with the rule for each:

# %%
show.by_hand(wb)

# %% [markdown]
# ## Second way: RFM
#
# **RFM** looks at three things that nearly every business knows: how **recently** a customer bought, how **frequently**, and for how
# much **money**. Each is scored from 1 (worst) to 5 (best). People who bought only once stand apart, since one order says little
# about habits. Do your data hold no orders? Then go on with the third way.

# %%
ask.rfm(wb)

# %% [markdown]
# Three scores make 5 × 5 × 5 = 125 combinations, far too many to serve. A naming table puts each of them into one segment. Where
# the data tell only one of the three, its score alone gives the name:

# %%
show.rfm_names(wb)

# %% [markdown]
# The segments, from best to lost:

# %%
show.rfm(wb)

# %% [markdown]
# ## Third way: found in the data
#
# Here the computer looks for groups of customers who are alike in the variables that you choose. It always finds *some* groups, even
# where there are none. So look at the evidence before you believe it. Parts that say **For those who want to know** are folded: you
# can do without them, and a statistician will open them.

# %%
ask.variables(wb)

# %% [markdown]
# ### What to look for
#
# - **Groups of like customers** (k-means): best for numbers, such as days, orders and money.
# - **Groups who answer alike** (latent class): best for yes/no answers and kinds of things, alone or mixed with numbers. It says of
#   each customer how probable each segment is, and lives with answers that are missing.
# - **A tree of how groups join** (hierarchical): best to *see* which segments are close relatives. It shifts more easily when other
#   customers walk in.

# %%
ask.look_for(wb)

# %%
show.way_to_look(wb)

# %%
show.how_many(wb)

# %% [markdown]
# What becomes of each segment when you take one more, or one fewer? A segment that keeps its customers at every number is one to build
# on. One that is put together anew each time is a line drawn through a crowd.

# %%
compare.across(wb)

# %%
show.from_data(wb)

# %% [markdown]
# ### Different things on one scale
#
# A day is not a euro. Before customers can be compared, somebody must say how much of the one counts as much as how much of the other.
# The workbook suggests; you decide, and see what your decision changes.

# %%
ask.comparing(wb)

# %%
show.what_if(wb)

# %% [markdown]
# ## Side by side
#
# The same customers, split in several ways; one of them looks at another base altogether. **Stability** says how alike the segments come
# out when other customers had happened to walk in: the workbook draws your customers anew, many times over, and compares.

# %%
ask.other_base(wb)

# %%
compare.side_by_side(wb)

# %% [markdown]
# ## A look ahead
#
# Suppose you had formed the segments some time ago. Would they have told you who buys next? The workbook forms them from the first two
# thirds of the time alone, and looks at what the same customers bought in the last third.

# %%
compare.look_ahead(wb)

# %% [markdown]
# In notebook 1 you said what a segment should be, before you saw any. Which way keeps to it?

# %%
show.asked_for(wb)

# %% [markdown]
# ## Choose

# %%
ask.method(wb)

# %% [markdown] tags=["report"]
# ### How we split our customers

# %% tags=["report"]
show.chosen(wb)

# %% [markdown] tags=["report"]
# ### How far to trust it

# %% tags=["report"]
show.verdict(wb)

# %% [markdown]
# What the verdict means:
#
# - **Natural**: the groups exist, with valleys between them. Few businesses have them. Natural is not yet useful: look at the money, too.
# - **Reproducible**: not natural, but the same groups are found again and again. Good to work with.
# - **Constructed**: the lines are yours. Useful as long as nobody takes them for nature.
# - **None**: the data hold no groups in these variables. Choose other variables, split by hand, or treat all alike.

# %% [markdown]
# ## Why this customer?
#
# A colleague asks: “Why is *she* in that segment?” Type a customer's number. Neither the number nor the answer goes into the report.

# %%
ask.why_customer(wb)

# %% [markdown]
# ## Try it
#
# In “by hand”, split by money alone, in four bands. Then by money and recency in two bands each (or by two other attributes, if your
# data lack these). Both give four pots. Which would you rather explain to the person at the till?
#
# <details><summary>A hint</summary>What would you do differently for the second and the third pot of money?</details>
#
# <details><summary>One good answer</summary>Money and recency: “spends a lot, quiet lately” calls for another deed than “spends a lot,
# here last week”. Four bands of money differ only in more or less of the same.</details>

# %% [markdown]
# ## Check yourself
#
# - Can you say in one sentence who belongs to each segment?
# - Do you know how stable your segments are?
# - Is your smallest segment worth a plan of its own?
#
# **You now have** segments, and an honest word on how far they carry.
#
# **Next:** [4. Profiles: who are they?](04_profiles.ipynb)
