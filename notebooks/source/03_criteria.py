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
# Work from top to bottom; every answer is saved as you give it. If nothing here can be clicked, choose
# **Run → Run All Cells** in the menu once.

# %%
from segkit import open_workbook
from segkit.show import frame
from segkit.show.criteria import choice, pieces
from segkit.show.criteria import comparison as compare
from segkit.widgets import history
from segkit.widgets.criteria import questions as ask
from segkit.widgets.criteria.three_ways import three_ways

wb = open_workbook()
frame.opening(wb, "criteria")

# %%
history.turn_back(wb)

# %% [markdown]
# **In this notebook** you see your customers split in three ways, and choose one of them.
#
# **You need** the data from notebook 2.
#
# There is no single right answer. A business can split its customers a dozen ways; the best one is the one that helps you reach
# your goals, and that you can explain to a new colleague in a minute.

# %% [markdown]
# ## What we suggest

# %%
choice.recommended(wb)

# %% [markdown]
# ## The three ways
#
# Look at each in turn. Whatever you can change about a way is tucked under a question.

# %%
three_ways(wb)

# %%
pieces.rhythm(wb)

# %% [markdown]
# ## Choose

# %%
ask.method(wb)

# %% [markdown] tags=["report"]
# ### How we split our customers

# %% tags=["report"]
choice.chosen(wb)

# %% [markdown] tags=["report"]
# ### How far to trust it

# %% tags=["report"]
choice.verdict(wb)

# %% [markdown]
# <details><summary>What the verdicts mean</summary>
#
# - **Natural**: the groups exist in the data, with valleys between them: stretches with few customers. Few businesses have such
#   groups. Natural does not yet mean useful: look at the money, too.
# - **Reproducible**: not natural, but the same groups are found again and again. Good to work with.
# - **Constructed**: you drew the lines. Useful, as long as nobody mistakes them for facts of nature.
# - **None**: the data hold no groups in these variables. Choose other variables, split by hand, or treat all alike.
#
# </details>

# %% [markdown]
# You can go on to [4. Profiles: who are they?](04_profiles.ipynb) now. The questions below are for when you hesitate between
# two ways: open whichever is yours.

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## Which way gives you what you asked for?
#
# In notebook 1 you said what a segment should be, before you saw any.

# %%
choice.asked_for(wb)

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## How do the ways differ?
#
# The same customers, split in several ways; one of them looks at something else altogether. **Stability** tells you how alike
# the segments would be if other customers had happened to walk in: the workbook draws random samples of your customers, many
# times over, and compares.

# %%
ask.other_base(wb)

# %%
compare.side_by_side(wb)

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## Would they have told you who buys next?
#
# Suppose you had formed the segments some time ago. The workbook forms them from the first two thirds of the period alone, and
# looks at what the same customers bought in the last third.

# %%
compare.look_ahead(wb)

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## What else can customers be told apart by?
#
# There are five ways to look at a customer; each needs data of its own.

# %%
pieces.bases_compared(wb)

# %% [markdown] jp-MarkdownHeadingCollapsed=true
# ## Why is this customer in that segment?
#
# A colleague asks: “Why is *she* in that segment?” Type a customer's number. Neither the number nor the answer goes into the
# report.

# %%
ask.why_customer(wb)

# %% [markdown]
# ## Try it
#
# In “By hand”, split by money alone, in four bands. Then by money and recency (days since the last order), two bands each, or
# by two other attributes if your data lack these. Both give four pots. Which would you rather explain to the person at the
# till?
#
# <details><summary>A hint</summary>What would you do differently for the second and the third pot of money?</details>
#
# <details><summary>One good answer</summary>Money and recency: “spends a lot, quiet lately” calls for a different response from
# “spends a lot, here last week”. Four bands of money give only more or less of the same.</details>

# %% [markdown]
# ## Check yourself
#
# - Can you say in one sentence who belongs to each segment?
# - Do you know how stable your segments are?
# - Is your smallest segment worth a plan of its own?
#
# **You now have** segments, and an honest word on how far to trust them.
#
# **Next:** [4. Profiles: who are they?](04_profiles.ipynb)
